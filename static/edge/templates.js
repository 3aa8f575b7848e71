// Made from templates/flow by `make templates`; change those and make it again.
const templates=(e,f)=>{const t={
card:(v,a=v.card)=>`<article ${t.card_tag(v)}>
${a.is_rest?`<div class="ex-rest"><i class="i i-timer"></i><h2>${e(a.name)} <span class="tnum">${e(a.rest_text)}</span></h2>${a.is_done?`<span class="badge ok">Done</span>`:`<form method="post" action="/session/items/${e(a.uuid)}/rest"><button class="btn" name="key" value="${e(a.key)}">Start</button></form>`}</div>
`:`<details ${t.card_fold(v)}>${t.card_head(v)}${a.advice?`<p class="ex-advice">${e(a.advice)}</p>`:""}${a.note?`<p class="ex-note">${e(a.note)}</p>`:""}<ol class="sets">${f(v,"set",a.sets,v=>t.set_row(v))}</ol>
${t.card_foot(v)}</details>
`}<button class="icon-btn ex-more" type="button" popovertarget="menu-${e(a.uuid)}" aria-label="More for ${e(a.name)}"><i class="i i-menu"></i></button></article>`,
card_fold:v=>`class="ex-fold" id="fold-${e(v.card.uuid)}"${v.card.is_open?` open`:""}`,
card_foot:(v,a=v.card)=>`<form id="foot-${e(a.uuid)}" class="ex-foot" method="post" action="/session/items/${e(a.uuid)}/sets"><input type="hidden" name="key" value="${e(a.key)}"><input type="hidden" name="uuid" value="${e(a.made_uuid)}"><button class="btn quiet"><i class="i i-plus"></i>Set</button>
${a.has_plates?`<a class="btn quiet" href="/session/items/${e(a.uuid)}/plates"><i class="i i-plates"></i>Plates</a>`:""}${a.has_warmup?`<a class="btn quiet" href="/session/items/${e(a.uuid)}/warmup"><i class="i i-warm"></i>Warm-up</a>`:""}${a.is_changed?`<div class="keep"><span>Changed today</span><button class="btn quiet" formaction="/session/items/${e(a.uuid)}/keep">Keep in the routine</button></div>`:""}</form>`,
card_head:(v,a=v.card)=>`<summary id="head-${e(a.uuid)}"><span class="ex-state tnum">${a.is_done?`<i class="i i-check"></i><span class="vh">All sets done</span>`:e(a.state_text)}</span><span class="ex-name"><h2>${a.superset?`<span class="badge super" title="Superset ${e(a.superset)}">${e(a.superset)}</span> `:""}${e(a.name)}</h2><small>${a.best_text?e(a.best_text):e(a.sub)}</small></span></summary>`,
card_menu:(v,a=v.card)=>`<div class="sheet menu" id="menu-${e(a.uuid)}" popover role="dialog" aria-label="${e(a.name)}"><form method="post"><input type="hidden" name="key" value="${e(a.key)}"><p class="sheet-title">${e(a.name)}</p>
${a.is_rest?``:`<a class="menu-item" href="/session/items/${e(a.uuid)}/swap"><i class="i i-swap"></i>Swap exercise</a>
<a class="menu-item" href="/session/items/${e(a.uuid)}/edit"><i class="i i-note"></i>Note, rest and unit <small>${e(a.rest_text)}</small></a>
`}${a.can_up?`<button class="menu-item" formaction="/session/items/${e(a.uuid)}/up"><i class="i i-up"></i>Move up</button>`:""}${a.can_down?`<button class="menu-item" formaction="/session/items/${e(a.uuid)}/down"><i class="i i-down"></i>Move down</button>`:""}${a.is_rest?``:`<button class="menu-item" formaction="/session/items/${e(a.uuid)}/sets/drop"><i class="i i-minus"></i>Remove last set</button>`}<button class="menu-item danger" formaction="/session/items/${e(a.uuid)}/remove"><i class="i i-trash"></i>Remove</button></form></div>`,
card_tag:(v,a=v.card)=>`id="item-${e(a.uuid)}" class="ex${a.is_done?` is-done`:""}${a.is_current?` is-current`:""}${a.superset?` is-super`:""}" data-rev="${e(a.rev)}"`,
cards:v=>`<div id="cards" class="cards" hx-boost:inherited="true" hx-target:inherited="#sheet-body" hx-swap:inherited="innerHTML show:no">
${f(v,"card",v.cards,v=>t.card(v),()=>`<div class="empty"><i class="i i-exercises"></i><h2>An empty workout</h2><p>Add the first exercise; its sets are filled in from last time.</p></div>`)}${f(v,"card",v.cards,v=>t.card_menu(v))}</div>`,
cards_changed:v=>`<hx-partial hx-target="#cards" hx-swap="outerMorph">${t.cards(v)}</hx-partial>
${t.changed(v)}`,
changed:v=>`<hx-partial hx-target="#rest" hx-swap="outerMorph">${t.rest_timer(v)}</hx-partial>
<hx-partial hx-target="#progress" hx-swap="outerMorph">${t.progress(v)}</hx-partial>
${v.toast?`<hx-partial hx-target="#toast" hx-swap="outerMorph">${t.toast(v)}</hx-partial>`:""}`,
finish:(v,a=v.finish)=>`<form class="form finish" method="post" action="/session/finish">
<input type="hidden" name="key" value="${e(a.key)}">
${a.error?`<div class="notice error" role="alert">${e(a.error)}</div>`:""}  <dl class="stats card"><div><dt>Time</dt><dd>${e(a.duration_text)}</dd></div><div><dt>Sets</dt><dd>${e(a.sets_text)}</dd></div><div><dt>Volume</dt><dd>${e(a.volume_text)} <small>${e(a.unit)}</small></dd></div></dl>
${a.has_unlogged?`<section class="card unlogged"><h2>${e(a.unlogged_text)}</h2><ul class="list">${f(v,"set",a.unlogged,v=>`<li class="row plain"><span class="row-main">${e(v.set.name)}</span><span class="row-end tnum">${e(v.set.text)}</span></li>`)}</ul></section>`:""}  <fieldset class="field"><legend>How was it?</legend><div class="rating">${f(v,"rating",a.ratings,(v,a=v.rating)=>`<label><input type="radio" name="rating" value="${e(a.value)}"${a.is_on?` checked`:""}><span><b>${e(a.value)}</b>${e(a.label)}</span></label>`)}</div></fieldset>
<div class="field"><label for="finish-note">Note</label><textarea id="finish-note" name="note" rows="2">${e(a.note)}</textarea></div>
<div class="stack">
${a.has_unlogged?`<button class="btn primary big block" name="unlogged" value="drop">${e(a.drop_text)}</button>${a.can_log?`<button class="btn block" name="unlogged" value="log"><i class="i i-check"></i>${e(a.log_text)}</button>`:""}`:`<button class="btn primary big block" name="unlogged" value="drop">${e(a.finish_text)}</button>`}  <a class="btn quiet block" href="/session">Back to the workout</a>
${a.has_unlogged?`<button class="btn quiet block" formaction="/session/stop" name="unlogged" value="drop">${e(a.stop_text)}</button>`:""}  </div>
</form>`,
finish_top:v=>`<header class="top"><a class="icon-btn" href="/session" aria-label="Back to the workout"><i class="i i-back"></i></a><div class="top-text"><h1>Finish</h1><p>${e(v.finish.name)} ${t.status(v)}</p></div></header>`,
item_edit:(v,a=v.item)=>`<form class="form" method="post" action="${e(a.action)}" hx-post="${e(a.action)}" data-close>
<input type="hidden" name="key" value="${e(a.key)}">
<h2 class="sheet-title">${e(a.name)}</h2>
${a.error?`<div class="notice error" role="alert">${e(a.error)}</div>`:""}  <fieldset class="field"><legend>Rest after a set</legend><div class="chips">${f(v,"rest",a.rests,v=>`<label class="chip tnum"><input type="radio" name="rest" value="${e(v.rest.value)}"${v.rest.is_on?` checked`:""}><span>${e(v.rest.label)}</span></label>`)}</div></fieldset>
${a.has_units?`<fieldset class="field"><legend>Unit for this exercise</legend><div class="seg">${f(v,"unit",a.units,v=>`<label><input type="radio" name="unit" value="${e(v.unit.value)}"${v.unit.is_on?` checked`:""}><span>${e(v.unit.label)}</span></label>`)}</div></fieldset>`:""}  <div class="field"><label for="item-note">Note</label><textarea id="item-note" name="note" rows="2">${e(a.note)}</textarea></div>
<button class="btn primary big block">Save</button>
</form>`,
logged:v=>`${f(v,"card",v.cards,v=>`<hx-partial hx-target="#item-${e(v.card.uuid)}" hx-swap="outerMorph">${t.card(v)}</hx-partial>`)}${f(v,"card",v.turned,v=>`<hx-partial hx-target="#item-${e(v.card.uuid)}" hx-swap="outerMorph"><article data-only ${t.card_tag(v)}></article></hx-partial><hx-partial hx-target="#fold-${e(v.card.uuid)}" hx-swap="outerMorph"><details data-only ${t.card_fold(v)}></details></hx-partial>`)}${f(v,"card",v.heads,v=>`<hx-partial hx-target="#head-${e(v.card.uuid)}" hx-swap="outerMorph">${t.card_head(v)}</hx-partial>`)}${f(v,"card",v.feet,v=>`<hx-partial hx-target="#foot-${e(v.card.uuid)}" hx-swap="outerMorph">${t.card_foot(v)}</hx-partial>`)}${f(v,"set",v.rows,v=>`<hx-partial hx-target="#set-${e(v.set.uuid)}" hx-swap="outerMorph">${t.set_row(v)}</hx-partial>`)}${t.changed(v)}`,
number:(v,a=v.field)=>`<span class="num"${a.step?` data-step="${e(a.step)}"`:""}${a.sep?` data-sep="${e(a.sep)}"`:""}${a.prefix?` data-prefix="${e(a.prefix)}"`:""}${a.unit?` data-unit="${e(a.unit)}"`:""}><input name="${e(a.name)}" value="${e(a.value)}"${a.is_time?``:` inputmode="decimal"`} aria-label="${e(a.label)}, ${e(v.set.title)}"${a.value?``:` placeholder="–"`}>${v.set.is_current?`<button type="button" data-nudge="-" aria-label="Less ${e(a.label)}">−</button><button type="button" data-nudge="+" aria-label="More ${e(a.label)}">+</button>${a.is_time?`<button type="button" class="watch" data-watch aria-label="Stopwatch"><i class="i i-play"></i></button>`:""}`:""}</span>`,
picker:(v,a=v.picker)=>`<div class="picker">
<h2 class="sheet-title">${e(a.title)}</h2>
<form class="picker-search" method="get" action="${e(a.search_url)}" role="search" hx-get="${e(a.search_url)}" hx-trigger="input delay:150ms, submit" hx-target="#picker-list" hx-swap="outerMorph" hx-sync="this:replace">
<div class="search"><i class="i i-search"></i><input type="search" name="q" value="${e(a.q)}" placeholder="Search exercises" aria-label="Search exercises" autocomplete="off"></div>
<div class="chips scroll" role="radiogroup" aria-label="Muscle group">${f(v,"muscle",a.muscles,v=>`<label class="chip"><input type="radio" name="muscle" value="${e(v.muscle.value)}"${v.muscle.is_on?` checked`:""}><span>${e(v.muscle.label)}</span></label>`)}</div>
<button class="btn nojs">Search</button>
</form>
${t.picker_list(v)}</div>`,
picker_list:(v,a=v.picker)=>`<form id="picker-list" class="picker-list" method="post" action="${e(a.action)}" hx-post="${e(a.action)}" data-close>
<input type="hidden" name="key" value="${e(a.key)}"><input type="hidden" name="uuid" value="${e(a.uuid)}">
${f(v,"group",a.groups,v=>`<h2 class="group">${e(v.group.title)}</h2><ul class="list">${f(v,"exercise",v.group.exercises,(v,b=v.exercise)=>`<li><button class="row" name="exercise" value="${e(b.id)}"><span class="row-main"><strong>${e(b.name)}</strong><small>${e(b.sub)}</small></span><span class="row-end tnum">${e(b.last)}</span></button></li>`)}</ul>`)}${a.is_empty?`<div class="empty"><p>Nothing is called “${e(a.q)}”.</p><a class="btn" href="${e(a.create_url)}">Create an exercise</a></div>`:""}</form>`,
plates:(v,a=v.plates)=>`<form id="plates" class="plates" method="get" action="${e(a.action)}" hx-get="${e(a.action)}" hx-trigger="change, submit" hx-target="this" hx-swap="outerMorph" novalidate>
<h2 class="sheet-title">Plates</h2>
<p class="muted">${e(a.name)}</p>
<div class="set is-current"><div class="set-nums">${f(v,"field",v.fields,v=>t.number(v))}</div></div>
<div class="bar" aria-hidden="true"><span class="bar-shaft"></span>${f(v,"plate",a.side,v=>`<span class="plate plate-${e(v.plate.size)}"><b>${e(v.plate.text)}</b></span>`)}<span class="bar-end"></span></div>
<p class="bar-text tnum">${e(a.text)}</p>
${a.problem?`<p class="notice warn">${e(a.problem)}</p>`:""}  <div class="chips" role="radiogroup" aria-label="Bar">${f(v,"bar",a.bars,v=>`<label class="chip"><input type="radio" name="bar" value="${e(v.bar.value)}"${v.bar.is_on?` checked`:""}><span>${e(v.bar.label)}</span></label>`)}</div>
<button class="btn block nojs">Show</button>
</form>`,
problem:v=>`<div class="notice error" role="alert"><strong>${e(v.failure.text)}</strong>${f(v,"text",v.texts,v=>`<br>${e(v.text)}`)}</div>`,
progress:(v,a=v.progress)=>`<div id="progress" class="progress" data-rev="${e(a.rev)}">${a.now?`<strong class="now" aria-hidden="true">${e(a.now)}</strong>`:""}<progress value="${e(a.done)}" max="${e(a.total)}" aria-label="Sets logged"></progress><span class="tnum" role="status">${e(a.text)}</span></div>`,
rest_timer:(v,a=v.rest)=>`<section id="rest" class="rest${a.is_on?` is-on`:""}${a.is_paused?` is-paused`:""}" aria-label="Rest timer" data-rev="${e(a.rev)}" data-ends-at="${e(a.ends_at)}" data-total="${e(a.total)}" data-left="${e(a.left)}" hx-boost:inherited="true" hx-target:inherited="#rest" hx-swap:inherited="outerMorph show:no">
${a.is_on?`<progress class="rest-bar" value="${e(a.left)}" max="${e(a.total)}" aria-label="Rest left"></progress>
<div class="rest-text"><span class="rest-time tnum" role="timer" data-rest-time>${e(a.left_text)}</span><small>${e(a.next_text)}<span class="nojs"> · until ${e(a.ends_text)}</span></small></div>
<form class="rest-acts" method="post" action="/session/rest/skip">${a.key?`<input type="hidden" name="key" value="${e(a.key)}">`:""}<button class="rest-btn tnum" formaction="/session/rest/minus" aria-label="15 seconds less">−15</button><button class="rest-btn tnum" formaction="/session/rest/plus" aria-label="15 seconds more">+15</button>${a.is_paused?`<button class="rest-btn" formaction="/session/rest/resume" aria-label="Resume the rest"><i class="i i-play"></i></button>`:`<button class="rest-btn" formaction="/session/rest/pause" aria-label="Pause the rest"><i class="i i-pause"></i></button>`}<button class="rest-btn" aria-label="Skip the rest"><i class="i i-skip"></i></button></form>
`:""}</section>`,
session:v=>`${t.cards(v)}<div class="actions end">
<a class="btn block" href="/session/add" hx-get="/session/add" hx-target="#sheet-body"><i class="i i-plus"></i>Add exercise</a>
<a class="btn primary big block" href="/session/finish">Finish workout</a>
</div>
<form class="discard" method="post" action="/session/discard"><input type="hidden" name="key" value="${e(v.session.key)}"><button class="btn quiet danger">Discard workout</button></form>`,
session_top:v=>`<header class="top sticky">
<div class="top-text"><h1>${e(v.session.name)}</h1><p><span class="tnum" data-since="${e(v.session.started_at)}">${e(v.session.elapsed_text)}</span> ${t.status(v)}</p></div>
<a class="btn soft small" href="/session/finish">Finish</a>
${t.progress(v)}</header>`,
set_edit:(v,a=v.set)=>`<div class="set-edit">
<h2 class="sheet-title">${e(a.title)}</h2>
${a.last?`<p class="muted tnum">last ${e(a.last)}</p>`:""}${a.pb_text?`<p class="notice ok"><b>${e(a.pb)}</b> ${e(a.pb_text)}</p>`:""}<form class="form" method="post" action="/session/sets/${e(a.uuid)}/edit" hx-post="/session/sets/${e(a.uuid)}/edit" data-close novalidate>
<input type="hidden" name="key" value="${e(a.key)}">
<div class="set is-current"><div class="set-nums">${f(v,"field",a.fields,v=>t.number(v))}</div></div>
<fieldset class="field"><legend>Kind of set</legend><div class="seg">${f(v,"kind",v.kinds,v=>`<label><input type="radio" name="kind" value="${e(v.kind.value)}"${v.kind.is_on?` checked`:""}><span>${e(v.kind.label)}</span></label>`)}</div></fieldset>
${a.has_bands?`<fieldset class="field"><legend>Band</legend><div class="chips bands">${f(v,"band",a.bands,(v,a=v.band)=>`<label class="chip band-${e(a.value)}"><input type="radio" name="band" value="${e(a.value)}"${a.is_on?` checked`:""}><span>${e(a.label)}</span></label>`)}</div></fieldset>`:""}${a.has_rpe?`<fieldset class="field"><legend>RPE</legend><div class="chips">${f(v,"rpe",a.rpes,v=>`<label class="chip tnum"><input type="radio" name="rpe" value="${e(v.rpe.value)}"${v.rpe.is_on?` checked`:""}><span>${e(v.rpe.value)}</span></label>`)}</div></fieldset>`:""}  <div class="field"><label for="set-note">Note</label><textarea id="set-note" name="note" rows="2">${e(a.note)}</textarea></div>
<button class="btn primary big block">Save</button>
</form>
<form method="post" action="/session/sets/${e(a.uuid)}/remove" hx-post="/session/sets/${e(a.uuid)}/remove" data-close><input type="hidden" name="key" value="${e(a.key)}"><button class="btn quiet danger block"><i class="i i-trash"></i>Remove this set</button></form>
</div>`,
set_last:v=>`<small class="set-last">${v.set.last?`last ${e(v.set.last)}`:""}${v.set.waits?` <span class="waits">on this phone</span>`:""}</small>`,
set_row:(v,a=v.set)=>`<li id="set-${e(a.uuid)}" class="set${a.is_done?` is-done`:""}${a.is_current?` is-current`:""}${a.is_warmup?` is-warmup`:""}"><form method="post" action="/session/sets/${e(a.uuid)}/${a.is_done?`edit`:`log`}"><a class="set-n" href="/session/sets/${e(a.uuid)}" aria-label="Details of ${e(a.title)}">${e(a.label)}</a>
${a.is_done?`<div class="set-nums">${f(v,"field",a.fields,v=>t.number(v))}<button class="btn small nojs"${a.key?` name="key" value="${e(a.key)}"`:""}>Save</button></div>
<button class="done-btn" formaction="/session/sets/${e(a.uuid)}/undo"${a.key?` name="key" value="${e(a.key)}"`:""} aria-label="Undo ${e(a.title)}, ${e(a.done_text)}"><i class="i i-check"></i>Undo</button>
<p class="set-meta">${t.set_last(v)}${f(v,"band",a.bands,v=>`${v.band.is_on?`<span class="band-dot band-${e(v.band.value)}">${e(v.band.label)}</span>`:""}`)}${a.pb?`<span class="badge pb" title="${e(a.pb_text)}"><i class="i i-trophy"></i>${e(a.pb)}</span>`:""}${a.rpe_text?` <small>${e(a.rpe_text)}</small>`:""}</p>
`:`${t.set_last(v)}<div class="set-nums">${f(v,"field",a.fields,v=>t.number(v))}</div>
${a.is_current?`${f(v,"field",a.fields,(v,a=v.field)=>`${a.has_chips?`<div class="chips tnum" role="group" aria-label="${e(a.label)}" data-put="${e(a.name)}">${f(v,"chip",a.chips,v=>`<button type="button" class="chip" aria-pressed="${v.chip.is_on?`true`:`false`}">${e(v.chip.value)}</button>`)}</div>`:""}`)}${a.has_bands?`<div class="chips bands" role="radiogroup" aria-label="Band">${f(v,"band",a.bands,(v,b=v.band)=>`<label class="chip band-${e(b.value)}"><input type="radio" name="band" value="${e(b.value)}"${b.is_on?` checked`:""}><span>${e(b.label)}</span></label>`)}</div>`:""}${a.has_rpe?`<div class="chips rpes tnum" role="radiogroup" aria-label="RPE"><span class="chips-name" aria-hidden="true">RPE</span>${f(v,"rpe",a.rpes,v=>`<label class="chip"><input type="radio" name="rpe" value="${e(v.rpe.value)}"${v.rpe.is_on?` checked`:""}><span>${e(v.rpe.value)}</span></label>`)}</div>`:""}<button class="btn primary big log-btn"${a.key?` name="key" value="${e(a.key)}"`:""}><i class="i i-check"></i><span>Log <span class="lower">${e(a.title)}</span></span></button>
`:`${f(v,"band",a.bands,(v,c=v.band)=>`${c.is_on?`<input type="hidden" name="band" value="${e(c.value)}"><span class="band-dot band-${e(c.value)}">${e(c.label)}</span>`:""}`)}<button class="log-btn check-btn"${a.key?` name="key" value="${e(a.key)}"`:""} aria-label="Log ${e(a.title)}"><i class="i i-check"></i></button>
`}`}${a.note?`<p class="set-note">${e(a.note)}</p>`:""}</form></li>`,
sheet_top:v=>`<header class="top"><a class="icon-btn" href="${e(v.back)}" aria-label="Back"><i class="i i-back"></i></a><h1>${e(v.title)}</h1></header>`,
status:v=>`<span id="status" class="status" role="status">${t.status_text(v)}</span>`,
status_text:v=>`${v.waiting?`<a class="waits" href="${e(v.waiting.url)}">${e(v.waiting.text)}</a>`:""}`,
summary:(v,a=v.summary)=>`<header class="hero"><span class="hero-mark"><i class="i i-check"></i></span><h1>${e(a.name)}</h1><p>${e(a.date_text)} ${t.status(v)}</p><p class="hero-streak"><i class="i i-flame"></i>${e(a.streak_text)}</p></header>
<dl class="stats card"><div><dt>Time</dt><dd>${e(a.duration_text)}</dd></div><div><dt>Sets</dt><dd>${e(a.sets_text)}</dd></div><div><dt>Volume</dt><dd>${e(a.volume_text)} <small>${e(a.unit)}</small></dd></div></dl>
${a.has_pbs?`<section class="section"><h2>Personal bests</h2><ul class="list card flush pbs">${f(v,"pb",a.pbs,(v,a=v.pb)=>`<li class="row plain"><span class="pb-mark"><i class="i i-trophy"></i></span><span class="row-main"><strong>${e(a.kind)} · ${e(a.value)}</strong><small>${e(a.exercise)}, ${e(a.beats)}</small></span></li>`)}</ul></section>`:""}${a.has_muscles?`<section class="section"><h2>Sets by muscle</h2><ul class="card muscles">${f(v,"muscle",a.muscles,v=>`<li><span>${e(v.muscle.name)}</span><progress value="${e(v.muscle.share)}" max="100" aria-hidden="true"></progress><b class="tnum">${e(v.muscle.sets)}</b></li>`)}</ul></section>`:""}${a.has_exercises?`<section class="section"><h2>Exercises</h2><ul class="list card flush">${f(v,"exercise",a.exercises,v=>`<li class="row plain"><span class="row-main"><strong>${e(v.exercise.name)}</strong><small>${e(v.exercise.text)}</small></span></li>`)}</ul></section>`:""}${a.rating_text?`<p class="card"><strong>Felt ${e(a.rating_text)}.</strong> ${e(a.note)}</p>`:`${a.note?`<p class="card">${e(a.note)}</p>`:""}`}<div class="actions end"><a class="btn primary big block" href="/">Done</a><a class="btn block" href="${e(a.url)}">Open the workout</a></div>`,
toast:(v,a=v.toast)=>`<div id="toast" class="toast" role="status">${a?`<span class="toast-text">${e(a.text)}</span>${a.undo_action?`<form method="post" action="${e(a.undo_action)}"><input type="hidden" name="key" value="${e(a.key)}"><button class="btn quiet">Undo</button></form>`:""}`:""}</div>`,
today:(v,a=v.today)=>`${a.resume?`<a class="card resume" href="/session"><span class="row-main"><small>In progress</small><strong>${e(a.resume.name)}</strong><span>${e(a.resume.text)}</span><progress value="${e(a.resume.done)}" max="${e(a.resume.total)}" aria-label="Sets logged"></progress></span><span class="btn primary">Resume</span></a>`:""}${a.is_first_run?`<section class="section first">
<h2 class="lead">Pick a program, lift today</h2>
<p class="muted">Each is ready to start. You can change every exercise later.</p>
<div class="starters">${f(v,"starter",a.starters,(v,b=v.starter)=>`<form class="card starter" method="post" action="/routines/starters/${e(b.slug)}"><input type="hidden" name="key" value="${e(a.key)}"><button><strong>${e(b.name)}</strong><small>${e(b.sub)}</small><span>${e(b.text)}</span><i class="i i-plus"></i></button></form>`)}</div>
<p class="muted">Coming from Strong, Hevy or FitNotes? <a href="/import">Import your training</a></p>
</section>
`:""}${a.has_routines?`<section class="section">
<div class="section-head"><h2>Start a workout</h2><a href="/routines">All routines</a></div>
<div class="starts">${f(v,"routine",a.routines,(v,c=v.routine)=>`<form class="card start${c.is_next?` is-next`:""}" method="post" action="/session/start"><input type="hidden" name="key" value="${e(a.key)}"><input type="hidden" name="uuid" value="${e(a.start_uuid)}"><input type="hidden" name="routine" value="${e(c.uuid)}"><button><span class="row-main">${c.is_next?`<small class="next-label">Next up</small>`:""}<strong>${e(c.name)}</strong><span>${e(c.sub)}</span><small>${e(c.meta)}</small></span><span class="go"><i class="i i-play"></i><span class="vh">Start</span></span></button></form>`)}</div>
</section>
`:""}<div class="actions quick">
<form method="post" action="/session/start"><input type="hidden" name="key" value="${e(a.key)}"><input type="hidden" name="uuid" value="${e(a.start_uuid)}"><button class="btn block"><i class="i i-plus"></i>Empty workout</button></form>
${a.last?`<form method="post" action="/session/start"><input type="hidden" name="key" value="${e(a.key)}"><input type="hidden" name="uuid" value="${e(a.start_uuid)}"><input type="hidden" name="repeat" value="${e(a.last.uuid)}"><button class="btn block" title="${e(a.last.name)}, ${e(a.last.sub)}"><i class="i i-copy"></i>Repeat last</button></form>`:""}</div>
<section class="card week" aria-label="This week">
<div class="week-text"><strong>${e(a.streak.text)}</strong><small>${e(a.streak.this_week)}</small></div>
<ol class="week-days">${f(v,"day",a.streak.days,(v,d=v.day)=>`<li class="${d.is_done?`is-done`:""}${d.is_today?` is-today`:""}"><span aria-hidden="true">${e(d.label)}</span><i aria-hidden="true"></i><span class="vh">${e(d.name)}${d.is_done?`: trained`:""}</span></li>`)}</ol>
</section>
${a.has_recent?`<section class="section">
<div class="section-head"><h2>Recent workouts</h2><a href="/workouts">History</a></div>
<ul class="list card flush">${f(v,"workout",a.recent,(v,g=v.workout)=>`<li><a class="row" href="${e(g.url)}"><span class="row-main"><strong>${e(g.name)}</strong><small>${e(g.date_text)} · ${e(g.sub)}</small></span>${g.pb_text?`<span class="badge pb"><i class="i i-trophy"></i>${e(g.pb_text)}</span>`:""}</a></li>`)}</ul>
</section>
`:""}`,
today_top:v=>`<header class="top"><div class="top-text"><h1>Today</h1><p>${e(v.today.date_text)} ${t.status(v)}</p></div></header>`,
unsent:(v,a=v.unsent)=>`${a.leaving?`<section class="card stack">
<h2>Sign out?</h2>
<p>You have ${e(a.leaving.text)}.</p>
${a.leaving.has_failed?`<p class="notice warn" role="alert">The server could not be reached or did not take all of it. Nothing is lost.</p>`:""}  <form method="post" action="/logout?then=send"><button class="btn primary big block">Send and sign out</button></form>
<form method="post" action="/logout?then=keep"><button class="btn block">Keep it here and sign out</button></form>
<p class="muted">It is sent when you sign in here again. Nobody else sees or sends it.</p>
<a class="btn quiet block" href="/">Stay signed in</a>
</section>
`:""}${a.is_signed_out?`<p class="notice warn">You are signed out. All of this is kept, and sent when you sign in again. <a href="/login?next=/unsent">Sign in</a></p>`:""}${a.is_broken?`<p class="notice warn">This phone’s storage is full or switched off for this site: changes need a connection.</p>`:""}${a.has_refusals?`<section class="section">
<h2>For you to decide</h2>
${f(v,"each",a.refusals,(v,a=v.each)=>`  <article class="card stack laid">
<div><h3>${e(a.what)}</h3><p>${e(a.why)}.</p><small>${e(a.when)}</small></div>
${a.is_changed?`    <div class="actions laid-both">
<form method="post" action="${e(a.url)}/mine"><button class="btn"><span class="row-main"><small>On this phone</small><b class="tnum">${e(a.mine)}</b></span></button></form>
<form method="post" action="${e(a.url)}/discard"><button class="btn"><span class="row-main"><small>On the server</small><b class="tnum">${e(a.theirs)}</b></span></button></form>
</div>
`:`${a.anyway?`<form method="post" action="${e(a.url)}/anyway"><button class="btn primary block">${e(a.anyway)}</button></form>`:""}    <div class="actions">
<form method="post" action="${e(a.url)}/retry"><button class="btn">Try again</button></form>
${a.change_url?`<a class="btn" href="${e(a.change_url)}">Change</a>`:""}      <form method="post" action="${e(a.url)}/discard"><button class="btn danger">${e(a.discard)}</button></form>
</div>
`}  </article>
`)}</section>
`:""}${a.has_waiting?`<section class="section">
<h2>${e(a.waiting_text)}</h2>
<p class="muted">${a.is_held?`It waits for ${a.has_refusals?`what you decide above`:`a newer version of Setlog, which made it`}.`:`Sent in this order as soon as the server can be reached.`}</p>
<ol class="list card flush">${f(v,"each",a.waiting,v=>`<li class="row plain"><span class="row-main"><strong>${e(v.each.what)}</strong><small>${e(v.each.when)}</small></span></li>`)}</ol>
</section>
`:""}${a.is_empty?`<div class="empty"><i class="i i-check"></i><h2>Nothing waits on this device</h2><p>Everything you logged is on the server.</p><a class="btn primary" href="/">Back to today</a></div>`:""}`,
warmup:(v,a=v.warmup)=>`<form class="warmup" method="post" action="${e(a.action)}" hx-post="${e(a.action)}" data-close>
<input type="hidden" name="key" value="${e(a.key)}"><input type="hidden" name="uuid" value="${e(a.uuid)}">
<h2 class="sheet-title">Warm-up sets</h2>
<p class="muted">${e(a.name)} · ${e(a.for_text)}</p>
<ol class="list">${f(v,"row",a.rows,v=>`<li class="row plain"><span class="row-main"><strong class="tnum">${e(v.row.weight)} × ${e(v.row.reps)}</strong></span><span class="row-end tnum">${e(v.row.share)}</span></li>`)}</ol>
<button class="btn primary big block">${e(a.button)}</button>
</form>`
};return t};
