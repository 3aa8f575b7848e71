// Made from templates/flow by `make templates`; change those and make it again.
const templates=(e,f)=>{const t={
card:v=>`<article id="item-${e(v.card.uuid)}" class="ex${v.card.is_done?` is-done`:''}${v.card.is_current?` is-current`:''}${v.card.superset?` is-super`:''}" data-rev="${e(v.card.rev)}" hx-target:inherited="#item-${e(v.card.uuid)}" hx-swap:inherited="outerMorph">
${v.card.is_rest?`<div class="ex-rest">
<i class="i i-timer" aria-hidden="true"></i><h2>${e(v.card.name)} <span class="tnum">${e(v.card.rest_text)}</span></h2>
${v.card.is_done?`<span class="badge ok">Done</span>`:`<form id="startrest-${e(v.card.uuid)}" method="post" action="/session/items/${e(v.card.uuid)}/rest" hx-post="/session/items/${e(v.card.uuid)}/rest"><input type="hidden" name="key" value="${e(v.card.key)}"><button class="btn">Start</button></form>`}</div>
`:`<details class="ex-fold" id="fold-${e(v.card.uuid)}"${v.card.is_open?` open`:''}>
<summary>
<span class="ex-state tnum">${v.card.is_done?`<i class="i i-check" aria-hidden="true"></i><span class="vh">All sets done</span>`:`${e(v.card.state_text)}`}</span>
<span class="ex-name"><h2>${v.card.superset?`<span class="badge super" title="Superset ${e(v.card.superset)}">${e(v.card.superset)}</span> `:''}${e(v.card.name)}</h2><small>${v.card.best_text?`${e(v.card.best_text)}`:`${e(v.card.sub)}`}</small></span>
</summary>
${v.card.advice?`<p class="ex-advice">${e(v.card.advice)}</p>`:''}${v.card.note?`<p class="ex-note">${e(v.card.note)}</p>`:''}  <ol class="sets">${f(v,"set",v.card.sets,v=>`${t.set_row(v)}`)}</ol>
<div class="ex-foot">
<form id="addset-${e(v.card.uuid)}" method="post" action="/session/items/${e(v.card.uuid)}/sets" hx-post="/session/items/${e(v.card.uuid)}/sets"><input type="hidden" name="key" value="${e(v.card.key)}"><input type="hidden" name="uuid" value="${e(v.card.made_uuid)}"><button class="btn quiet"><i class="i i-plus" aria-hidden="true"></i>Set</button></form>
${v.card.has_plates?`<a class="btn quiet" href="/session/items/${e(v.card.uuid)}/plates" hx-get="/session/items/${e(v.card.uuid)}/plates" hx-target="#sheet-body" hx-swap="innerHTML"><i class="i i-plates" aria-hidden="true"></i>Plates</a>`:''}${v.card.has_warmup?`<a class="btn quiet" href="/session/items/${e(v.card.uuid)}/warmup" hx-get="/session/items/${e(v.card.uuid)}/warmup" hx-target="#sheet-body" hx-swap="innerHTML"><i class="i i-warm" aria-hidden="true"></i>Warm-up</a>`:''}  </div>
${v.card.is_changed?`<form class="keep" method="post" action="/session/items/${e(v.card.uuid)}/keep" hx-post="/session/items/${e(v.card.uuid)}/keep" hx-target="#cards"><input type="hidden" name="key" value="${e(v.card.key)}"><input type="hidden" name="uuid" value="${e(v.card.made_uuid)}"><span>Changed today</span><button class="btn quiet">Keep in the routine</button></form>`:''}</details>
`}<button class="icon-btn ex-more" type="button" popovertarget="menu-${e(v.card.uuid)}" aria-label="More for ${e(v.card.name)}"><i class="i i-menu" aria-hidden="true"></i></button>
</article>`,
card_menu:v=>`<div class="sheet menu" id="menu-${e(v.card.uuid)}" popover hx-target:inherited="#cards" hx-swap:inherited="outerMorph" role="dialog" aria-label="${e(v.card.name)}">
<p class="sheet-title">${e(v.card.name)}</p>
${v.card.is_rest?``:`  <a class="menu-item" href="/session/items/${e(v.card.uuid)}/swap" hx-get="/session/items/${e(v.card.uuid)}/swap" hx-target="#sheet-body" hx-swap="innerHTML"><i class="i i-swap" aria-hidden="true"></i>Swap exercise</a>
<a class="menu-item" href="/session/items/${e(v.card.uuid)}/edit" hx-get="/session/items/${e(v.card.uuid)}/edit" hx-target="#sheet-body" hx-swap="innerHTML"><i class="i i-note" aria-hidden="true"></i>Note, rest and unit <small>${e(v.card.rest_text)}</small></a>
`}${v.card.can_up?`<form method="post" action="/session/items/${e(v.card.uuid)}/up" hx-post="/session/items/${e(v.card.uuid)}/up"><input type="hidden" name="key" value="${e(v.card.key)}"><button class="menu-item"><i class="i i-up" aria-hidden="true"></i>Move up</button></form>`:''}${v.card.can_down?`<form method="post" action="/session/items/${e(v.card.uuid)}/down" hx-post="/session/items/${e(v.card.uuid)}/down"><input type="hidden" name="key" value="${e(v.card.key)}"><button class="menu-item"><i class="i i-down" aria-hidden="true"></i>Move down</button></form>`:''}${v.card.is_rest?``:`<form method="post" action="/session/items/${e(v.card.uuid)}/sets/drop" hx-post="/session/items/${e(v.card.uuid)}/sets/drop" hx-target="#item-${e(v.card.uuid)}"><input type="hidden" name="key" value="${e(v.card.key)}"><button class="menu-item"><i class="i i-minus" aria-hidden="true"></i>Remove last set</button></form>`}  <form method="post" action="/session/items/${e(v.card.uuid)}/remove" hx-post="/session/items/${e(v.card.uuid)}/remove"><input type="hidden" name="key" value="${e(v.card.key)}"><button class="menu-item danger"><i class="i i-trash" aria-hidden="true"></i>Remove</button></form>
</div>`,
cards:v=>`<div id="cards" class="cards">
${f(v,"card",v.cards,v=>`${t.card(v)}`,()=>`<div class="empty"><i class="i i-exercises" aria-hidden="true"></i><h2>An empty workout</h2><p>Add the first exercise; its sets are filled in from last time.</p></div>`)}${f(v,"card",v.cards,v=>`${t.card_menu(v)}`)}</div>`,
cards_changed:v=>`${t.cards(v)}<hx-partial hx-target="#rest" hx-swap="outerMorph">${t.rest_timer(v)}</hx-partial>
<hx-partial hx-target="#progress" hx-swap="outerMorph">${t.progress(v)}</hx-partial>
<hx-partial hx-target="#toast" hx-swap="outerMorph">${t.toast(v)}</hx-partial>`,
finish:v=>`<form class="form finish" method="post" action="/session/finish">
<input type="hidden" name="key" value="${e(v.finish.key)}">
${v.finish.error?`<div class="notice error" role="alert">${e(v.finish.error)}</div>`:''}  <dl class="stats card"><div><dt>Time</dt><dd>${e(v.finish.duration_text)}</dd></div><div><dt>Sets</dt><dd>${e(v.finish.sets_text)}</dd></div><div><dt>Volume</dt><dd>${e(v.finish.volume_text)} <small>${e(v.finish.unit)}</small></dd></div></dl>
${v.finish.has_unlogged?`<section class="card unlogged"><h2>${e(v.finish.unlogged_text)}</h2><ul class="list">${f(v,"set",v.finish.unlogged,v=>`<li class="row plain"><span class="row-main">${e(v.set.name)}</span><span class="row-end tnum">${e(v.set.text)}</span></li>`)}</ul></section>`:''}  <fieldset class="field"><legend>How was it?</legend><div class="rating">${f(v,"rating",v.finish.ratings,v=>`<label><input type="radio" name="rating" value="${e(v.rating.value)}"${v.rating.is_on?` checked`:''}><span><b>${e(v.rating.value)}</b>${e(v.rating.label)}</span></label>`)}</div></fieldset>
<div class="field"><label for="finish-note">Note</label><textarea id="finish-note" name="note" rows="2">${e(v.finish.note)}</textarea></div>
<div class="stack">
${v.finish.has_unlogged?`<button class="btn primary big block" name="unlogged" value="drop">${e(v.finish.drop_text)}</button>${v.finish.can_log?`<button class="btn block" name="unlogged" value="log"><i class="i i-check" aria-hidden="true"></i>${e(v.finish.log_text)}</button>`:''}`:`<button class="btn primary big block" name="unlogged" value="drop">${e(v.finish.finish_text)}</button>`}  <a class="btn quiet block" href="/session">Back to the workout</a>
${v.finish.has_unlogged?`<button class="btn quiet block" formaction="/session/stop" name="unlogged" value="drop">Stop early</button>`:''}  </div>
</form>`,
finish_top:v=>`<header class="top"><a class="icon-btn" href="/session" aria-label="Back to the workout"><i class="i i-back" aria-hidden="true"></i></a><div class="top-text"><h1>Finish</h1><p>${e(v.finish.name)} ${t.status(v)}</p></div></header>`,
item_edit:v=>`<form class="form" method="post" action="${e(v.item.action)}" hx-post="${e(v.item.action)}" hx-target="#cards" hx-swap="outerMorph" data-close>
<input type="hidden" name="key" value="${e(v.item.key)}">
<h2 class="sheet-title">${e(v.item.name)}</h2>
${v.item.error?`<div class="notice error" role="alert">${e(v.item.error)}</div>`:''}  <fieldset class="field"><legend>Rest after a set</legend><div class="chips">${f(v,"rest",v.item.rests,v=>`<label class="chip tnum"><input type="radio" name="rest" value="${e(v.rest.value)}"${v.rest.is_on?` checked`:''}><span>${e(v.rest.label)}</span></label>`)}</div></fieldset>
${v.item.has_units?`<fieldset class="field"><legend>Unit for this exercise</legend><div class="seg">${f(v,"unit",v.item.units,v=>`<label><input type="radio" name="unit" value="${e(v.unit.value)}"${v.unit.is_on?` checked`:''}><span>${e(v.unit.label)}</span></label>`)}</div></fieldset>`:''}  <div class="field"><label for="item-note">Note</label><textarea id="item-note" name="note" rows="2">${e(v.item.note)}</textarea></div>
<button class="btn primary big block">Save</button>
</form>`,
logged:v=>`${t.card(v)}${f(v,"card",v.changed_cards,v=>`<hx-partial hx-target="#item-${e(v.card.uuid)}" hx-swap="outerMorph">${t.card(v)}</hx-partial>`)}<hx-partial hx-target="#rest" hx-swap="outerMorph">${t.rest_timer(v)}</hx-partial>
<hx-partial hx-target="#progress" hx-swap="outerMorph">${t.progress(v)}</hx-partial>
<hx-partial hx-target="#toast" hx-swap="outerMorph">${t.toast(v)}</hx-partial>`,
number:v=>`<span class="num${v.field.is_time?` is-time`:''}" data-step="${e(v.field.step)}">
${v.field.sep?`<span class="num-sep">${e(v.field.sep)}</span>`:''}<input class="nojs" name="${e(v.field.name)}" value="${e(v.field.value)}" aria-label="${e(v.field.label)}, ${e(v.set.title)}" inputmode="decimal" ${v.field.is_time?`type="text"`:`type="number" step="any"`} autocomplete="off">
<button type="button" class="num-hit jsonly tnum" data-pad="${e(v.field.name)}" data-label="${e(v.field.label)}" data-unit="${e(v.field.unit)}" aria-label="${e(v.field.label)}, ${e(v.set.title)}: ${e(v.field.prefix)}${e(v.field.value)} ${e(v.field.unit)}">${v.field.prefix?`<span>${e(v.field.prefix)}</span>`:''}<b>${e(v.field.value)}</b></button>
<span class="num-unit">${e(v.field.unit)}</span>
${v.set.is_current?`<button type="button" class="step jsonly" data-nudge="-" aria-label="Less ${e(v.field.label)}"><i class="i i-minus" aria-hidden="true"></i></button>
<button type="button" class="step jsonly" data-nudge="+" aria-label="More ${e(v.field.label)}"><i class="i i-plus" aria-hidden="true"></i></button>
${v.field.is_time?`<button type="button" class="step watch jsonly" data-watch aria-label="Stopwatch"><i class="i i-play" aria-hidden="true"></i></button>`:''}`:''}</span>`,
picker:v=>`<div class="picker">
<h2 class="sheet-title">${e(v.picker.title)}</h2>
<form class="picker-search" method="get" action="${e(v.picker.search_url)}" role="search" hx-get="${e(v.picker.search_url)}" hx-trigger="input delay:150ms, submit" hx-target="#picker-list" hx-swap="outerMorph" hx-sync="this:replace">
<div class="search"><i class="i i-search" aria-hidden="true"></i><input type="search" name="q" value="${e(v.picker.q)}" placeholder="Search exercises" aria-label="Search exercises" autocomplete="off"></div>
<div class="chips scroll" role="radiogroup" aria-label="Muscle group">${f(v,"muscle",v.picker.muscles,v=>`<label class="chip"><input type="radio" name="muscle" value="${e(v.muscle.value)}"${v.muscle.is_on?` checked`:''}><span>${e(v.muscle.label)}</span></label>`)}</div>
<button class="btn nojs">Search</button>
</form>
${t.picker_list(v)}</div>`,
picker_list:v=>`<form id="picker-list" class="picker-list" method="post" action="${e(v.picker.action)}" hx-post="${e(v.picker.action)}" hx-target="#cards" hx-swap="outerMorph" data-close>
<input type="hidden" name="key" value="${e(v.picker.key)}"><input type="hidden" name="uuid" value="${e(v.picker.uuid)}">
${f(v,"group",v.picker.groups,v=>`<h2 class="group">${e(v.group.title)}</h2><ul class="list">${f(v,"exercise",v.group.exercises,v=>`<li><button class="row" name="exercise" value="${e(v.exercise.id)}"><span class="row-main"><strong>${e(v.exercise.name)}</strong><small>${e(v.exercise.sub)}</small></span><span class="row-end tnum">${e(v.exercise.last)}</span></button></li>`)}</ul>`)}${v.picker.is_empty?`<div class="empty"><p>Nothing is called “${e(v.picker.q)}”.</p><a class="btn" href="${e(v.picker.create_url)}">Create an exercise</a></div>`:''}</form>`,
plates:v=>`<form id="plates" class="plates" method="get" action="${e(v.plates.action)}" hx-get="${e(v.plates.action)}" hx-trigger="change, submit" hx-target="this" hx-swap="outerMorph" novalidate>
<h2 class="sheet-title">Plates</h2>
<p class="muted">${e(v.plates.name)}</p>
<div class="set is-current"><div class="set-nums">${f(v,"field",v.fields,v=>`${t.number(v)}`)}</div></div>
<div class="bar" aria-hidden="true"><span class="bar-shaft"></span>${f(v,"plate",v.plates.side,v=>`<span class="plate plate-${e(v.plate.size)}"><b>${e(v.plate.text)}</b></span>`)}<span class="bar-end"></span></div>
<p class="bar-text tnum">${e(v.plates.text)}</p>
${v.plates.problem?`<p class="notice warn">${e(v.plates.problem)}</p>`:''}  <div class="chips" role="radiogroup" aria-label="Bar">${f(v,"bar",v.plates.bars,v=>`<label class="chip"><input type="radio" name="bar" value="${e(v.bar.value)}"${v.bar.is_on?` checked`:''}><span>${e(v.bar.label)}</span></label>`)}</div>
<button class="btn block nojs">Show</button>
</form>`,
problem:v=>`<div class="notice error" role="alert"><strong>${e(v.failure.text)}</strong>${f(v,"text",v.texts,v=>`<br>${e(v.text)}`)}</div>`,
progress:v=>`<div id="progress" class="progress" data-rev="${e(v.progress.rev)}">${v.progress.now?`<strong class="now" aria-hidden="true">${e(v.progress.now)}</strong>`:''}<progress value="${e(v.progress.done)}" max="${e(v.progress.total)}" aria-label="Sets logged"></progress><span class="tnum" role="status">${e(v.progress.text)}</span></div>`,
rest_timer:v=>`<section id="rest" class="rest${v.rest.is_on?` is-on`:''}${v.rest.is_paused?` is-paused`:''}" aria-label="Rest timer" data-rev="${e(v.rest.rev)}" data-ends-at="${e(v.rest.ends_at)}" data-total="${e(v.rest.total)}" data-left="${e(v.rest.left)}" hx-target:inherited="#rest" hx-swap:inherited="outerMorph">
${v.rest.is_on?`<progress class="rest-bar" value="${e(v.rest.left)}" max="${e(v.rest.total)}" aria-label="Rest left"></progress>
<div class="rest-text"><span class="rest-time tnum" role="timer" data-rest-time>${e(v.rest.left_text)}</span><small>${e(v.rest.next_text)}<span class="nojs"> · until ${e(v.rest.ends_text)}</span></small></div>
<div class="rest-acts">
<form method="post" action="/session/rest/minus" hx-post="/session/rest/minus"><input type="hidden" name="key" value="${e(v.rest.key)}"><button class="rest-btn tnum" aria-label="15 seconds less">−15</button></form>
<form method="post" action="/session/rest/plus" hx-post="/session/rest/plus"><input type="hidden" name="key" value="${e(v.rest.key)}"><button class="rest-btn tnum" aria-label="15 seconds more">+15</button></form>
${v.rest.is_paused?`<form id="rest-resume" method="post" action="/session/rest/resume" hx-post="/session/rest/resume"><input type="hidden" name="key" value="${e(v.rest.key)}"><button class="rest-btn" aria-label="Resume the rest"><i class="i i-play" aria-hidden="true"></i></button></form>
`:`<form id="rest-pause" method="post" action="/session/rest/pause" hx-post="/session/rest/pause"><input type="hidden" name="key" value="${e(v.rest.key)}"><button class="rest-btn" aria-label="Pause the rest"><i class="i i-pause" aria-hidden="true"></i></button></form>`}  <form method="post" action="/session/rest/skip" hx-post="/session/rest/skip"><input type="hidden" name="key" value="${e(v.rest.key)}"><button class="rest-btn" aria-label="Skip the rest"><i class="i i-skip" aria-hidden="true"></i></button></form>
</div>
`:''}</section>`,
session:v=>`${t.cards(v)}<div class="actions end">
<a class="btn block" href="/session/add" hx-get="/session/add" hx-target="#sheet-body"><i class="i i-plus" aria-hidden="true"></i>Add exercise</a>
<a class="btn primary big block" href="/session/finish">Finish workout</a>
</div>
<form class="discard" method="post" action="/session/discard"><input type="hidden" name="key" value="${e(v.session.key)}"><button class="btn quiet danger">Discard workout</button></form>`,
session_top:v=>`<header class="top sticky">
<div class="top-text"><h1>${e(v.session.name)}</h1><p><span class="tnum" data-since="${e(v.session.started_at)}">${e(v.session.elapsed_text)}</span> ${t.status(v)}</p></div>
<a class="btn primary small" href="/session/finish">Finish</a>
${t.progress(v)}</header>`,
set_edit:v=>`<div class="set-edit" hx-target:inherited="#item-${e(v.item_uuid)}" hx-swap:inherited="outerMorph">
<h2 class="sheet-title">${e(v.set.title)}</h2>
${v.set.last?`<p class="muted tnum">last ${e(v.set.last)}</p>`:''}${v.set.pb_text?`<p class="notice ok"><b>${e(v.set.pb)}</b> ${e(v.set.pb_text)}</p>`:''}<form class="form" method="post" action="/session/sets/${e(v.set.uuid)}/edit" hx-post="/session/sets/${e(v.set.uuid)}/edit" data-close novalidate>
<input type="hidden" name="key" value="${e(v.set.key)}">
<div class="set is-current"><div class="set-nums">${f(v,"field",v.set.fields,v=>`${t.number(v)}`)}</div></div>
<fieldset class="field"><legend>Kind of set</legend><div class="seg">${f(v,"kind",v.kinds,v=>`<label><input type="radio" name="kind" value="${e(v.kind.value)}"${v.kind.is_on?` checked`:''}><span>${e(v.kind.label)}</span></label>`)}</div></fieldset>
${v.set.has_bands?`<fieldset class="field"><legend>Band</legend><div class="chips bands">${f(v,"band",v.set.bands,v=>`<label class="chip band-${e(v.band.value)}"><input type="radio" name="band" value="${e(v.band.value)}"${v.band.is_on?` checked`:''}><span>${e(v.band.label)}</span></label>`)}</div></fieldset>`:''}${v.set.has_rpe?`<fieldset class="field"><legend>RPE</legend><div class="chips">${f(v,"rpe",v.set.rpes,v=>`<label class="chip tnum"><input type="radio" name="rpe" value="${e(v.rpe.value)}"${v.rpe.is_on?` checked`:''}><span>${e(v.rpe.value)}</span></label>`)}</div></fieldset>`:''}  <div class="field"><label for="set-note">Note</label><textarea id="set-note" name="note" rows="2">${e(v.set.note)}</textarea></div>
<button class="btn primary big block">Save</button>
</form>
<form method="post" action="/session/sets/${e(v.set.uuid)}/remove" hx-post="/session/sets/${e(v.set.uuid)}/remove" data-close><input type="hidden" name="key" value="${e(v.set.key)}"><button class="btn quiet danger block"><i class="i i-trash" aria-hidden="true"></i>Remove this set</button></form>
</div>`,
set_last:v=>`<small class="set-last tnum">${v.set.last?`last ${e(v.set.last)}`:''}${v.set.waits?` <span class="waits">on this phone</span>`:''}</small>`,
set_row:v=>`<li id="set-${e(v.set.uuid)}" class="set${v.set.is_done?` is-done`:''}${v.set.is_current?` is-current`:''}${v.set.is_warmup?` is-warmup`:''}">
${v.set.is_done?`<form id="edit-${e(v.set.uuid)}" class="set-form" method="post" action="/session/sets/${e(v.set.uuid)}/edit" hx-post="/session/sets/${e(v.set.uuid)}/edit" data-autosave novalidate>
<input type="hidden" name="key" value="${e(v.set.key)}">
<a class="set-n tnum" href="/session/sets/${e(v.set.uuid)}" hx-get="/session/sets/${e(v.set.uuid)}" hx-target="#sheet-body" hx-swap="innerHTML" aria-label="Details of ${e(v.set.title)}">${e(v.set.label)}</a>
<div class="set-nums">${f(v,"field",v.set.fields,v=>`${t.number(v)}`)}    <button class="btn small nojs">Save</button>
</div>
</form>
<form id="undo-${e(v.set.uuid)}" class="set-go" method="post" action="/session/sets/${e(v.set.uuid)}/undo" hx-post="/session/sets/${e(v.set.uuid)}/undo"><input type="hidden" name="key" value="${e(v.set.key)}"><button class="done-btn" aria-label="Undo ${e(v.set.title)}, ${e(v.set.done_text)}"><i class="i i-check" aria-hidden="true"></i><span>Undo</span></button></form>
<p class="set-meta">${t.set_last(v)}${f(v,"band",v.set.bands,v=>`${v.band.is_on?`<span class="band-dot band-${e(v.band.value)}">${e(v.band.label)}</span>`:''}`)}${v.set.pb?`<span class="badge pb" title="${e(v.set.pb_text)}"><i class="i i-trophy" aria-hidden="true"></i>${e(v.set.pb)}</span>`:''}${v.set.rpe_text?`<small class="set-rpe">${e(v.set.rpe_text)}</small>`:''}</p>
`:`<form id="log-${e(v.set.uuid)}" class="set-form" method="post" action="/session/sets/${e(v.set.uuid)}/log" hx-post="/session/sets/${e(v.set.uuid)}/log" data-log novalidate>
<input type="hidden" name="key" value="${e(v.set.key)}">
<a class="set-n tnum" href="/session/sets/${e(v.set.uuid)}" hx-get="/session/sets/${e(v.set.uuid)}" hx-target="#sheet-body" hx-swap="innerHTML" aria-label="Details of ${e(v.set.title)}">${e(v.set.label)}</a>
${t.set_last(v)}  <div class="set-nums">${f(v,"field",v.set.fields,v=>`${t.number(v)}`)}</div>
${v.set.is_current?`${f(v,"field",v.set.fields,v=>`${v.field.has_chips?`<div class="chips jsonly" role="group" aria-label="${e(v.field.label)}">${f(v,"chip",v.field.chips,v=>`<button type="button" class="chip tnum" data-put="${e(v.field.name)}" value="${e(v.chip.value)}" aria-pressed="${v.chip.is_on?`true`:`false`}">${e(v.chip.value)}</button>`)}</div>`:''}`)}${v.set.has_bands?`<div class="chips bands" role="radiogroup" aria-label="Band">${f(v,"band",v.set.bands,v=>`<label class="chip band-${e(v.band.value)}"><input type="radio" name="band" value="${e(v.band.value)}"${v.band.is_on?` checked`:''}><span>${e(v.band.label)}</span></label>`)}</div>`:''}${v.set.has_rpe?`<div class="chips rpes" role="radiogroup" aria-label="RPE"><span class="chips-name" aria-hidden="true">RPE</span>${f(v,"rpe",v.set.rpes,v=>`<label class="chip tnum"><input type="radio" name="rpe" value="${e(v.rpe.value)}"${v.rpe.is_on?` checked`:''}><span>${e(v.rpe.value)}</span></label>`)}</div>`:''}  <button class="btn primary big block log-btn"><i class="i i-check" aria-hidden="true"></i><span>Log <span class="lower">${e(v.set.title)}</span></span></button>
`:`${f(v,"band",v.set.bands,v=>`${v.band.is_on?`<input type="hidden" name="band" value="${e(v.band.value)}"><span class="band-dot band-${e(v.band.value)}">${e(v.band.label)}</span>`:''}`)}  <button class="log-btn check-btn" aria-label="Log ${e(v.set.title)}"><i class="i i-check" aria-hidden="true"></i></button>
`}</form>
${v.set.note?`<p class="set-note">${e(v.set.note)}</p>`:''}`}${v.set.is_done?`${v.set.note?`<p class="set-note">${e(v.set.note)}</p>`:''}`:''}</li>`,
sheet_top:v=>`<header class="top"><a class="icon-btn" href="${e(v.back)}" aria-label="Back"><i class="i i-back" aria-hidden="true"></i></a><h1>${e(v.title)}</h1></header>`,
status:v=>`<span id="status" class="status" role="status">${t.status_text(v)}</span>`,
status_text:v=>`${v.waiting?`<a class="waits" href="${e(v.waiting.url)}">${e(v.waiting.text)}</a>`:''}`,
summary:v=>`<header class="hero"><span class="hero-mark"><i class="i i-check" aria-hidden="true"></i></span><h1>${e(v.summary.name)}</h1><p>${e(v.summary.date_text)} ${t.status(v)}</p><p class="hero-streak"><i class="i i-flame" aria-hidden="true"></i>${e(v.summary.streak_text)}</p></header>
<dl class="stats card"><div><dt>Time</dt><dd>${e(v.summary.duration_text)}</dd></div><div><dt>Sets</dt><dd>${e(v.summary.sets_text)}</dd></div><div><dt>Volume</dt><dd>${e(v.summary.volume_text)} <small>${e(v.summary.unit)}</small></dd></div></dl>
${v.summary.has_pbs?`<section class="section"><h2>Personal bests</h2><ul class="list card flush pbs">${f(v,"pb",v.summary.pbs,v=>`<li class="row plain"><span class="pb-mark"><i class="i i-trophy" aria-hidden="true"></i></span><span class="row-main"><strong>${e(v.pb.kind)} · ${e(v.pb.value)}</strong><small>${e(v.pb.exercise)}, ${e(v.pb.beats)}</small></span></li>`)}</ul></section>`:''}${v.summary.has_muscles?`<section class="section"><h2>Sets by muscle</h2><ul class="card muscles">${f(v,"muscle",v.summary.muscles,v=>`<li><span>${e(v.muscle.name)}</span><progress value="${e(v.muscle.share)}" max="100" aria-hidden="true"></progress><b class="tnum">${e(v.muscle.sets)}</b></li>`)}</ul></section>`:''}${v.summary.has_exercises?`<section class="section"><h2>Exercises</h2><ul class="list card flush">${f(v,"exercise",v.summary.exercises,v=>`<li class="row plain"><span class="row-main"><strong>${e(v.exercise.name)}</strong><small>${e(v.exercise.text)}</small></span></li>`)}</ul></section>`:''}${v.summary.rating_text?`<p class="card"><strong>Felt ${e(v.summary.rating_text)}.</strong> ${e(v.summary.note)}</p>`:`${v.summary.note?`<p class="card">${e(v.summary.note)}</p>`:''}`}<div class="actions end"><a class="btn primary big block" href="/">Done</a><a class="btn block" href="${e(v.summary.url)}">Open the workout</a></div>`,
toast:v=>`<div id="toast" class="toast" role="status">${v.toast?`<span class="toast-text">${e(v.toast.text)}</span>${v.toast.undo_action?`<form method="post" action="${e(v.toast.undo_action)}"><input type="hidden" name="key" value="${e(v.toast.key)}"><button class="btn quiet">Undo</button></form>`:''}`:''}</div>`,
today:v=>`${v.today.resume?`<a class="card resume" href="/session"><span class="row-main"><small>In progress</small><strong>${e(v.today.resume.name)}</strong><span>${e(v.today.resume.text)}</span><progress value="${e(v.today.resume.done)}" max="${e(v.today.resume.total)}" aria-label="Sets logged"></progress></span><span class="btn primary">Resume</span></a>`:''}${v.today.is_first_run?`<section class="section first">
<h2 class="lead">Pick a program, lift today</h2>
<p class="muted">Each is ready to start. You can change every exercise later.</p>
<div class="starters">${f(v,"starter",v.today.starters,v=>`<form class="card starter" method="post" action="/routines/starters/${e(v.starter.slug)}"><input type="hidden" name="key" value="${e(v.today.key)}"><button><strong>${e(v.starter.name)}</strong><small>${e(v.starter.sub)}</small><span>${e(v.starter.text)}</span><i class="i i-plus" aria-hidden="true"></i></button></form>`)}</div>
</section>
`:''}${v.today.has_routines?`<section class="section">
<div class="section-head"><h2>Start a workout</h2><a href="/routines">All routines</a></div>
<div class="starts">${f(v,"routine",v.today.routines,v=>`<form class="card start${v.routine.is_next?` is-next`:''}" method="post" action="/session/start"><input type="hidden" name="key" value="${e(v.today.key)}"><input type="hidden" name="uuid" value="${e(v.today.start_uuid)}"><input type="hidden" name="routine" value="${e(v.routine.uuid)}"><button><span class="row-main">${v.routine.is_next?`<small class="next-label">Next up</small>`:''}<strong>${e(v.routine.name)}</strong><span>${e(v.routine.sub)}</span><small>${e(v.routine.meta)}</small></span><span class="go"><i class="i i-play" aria-hidden="true"></i><span class="vh">Start</span></span></button></form>`)}</div>
</section>
`:''}<div class="actions quick">
<form method="post" action="/session/start"><input type="hidden" name="key" value="${e(v.today.key)}"><input type="hidden" name="uuid" value="${e(v.today.start_uuid)}"><button class="btn block"><i class="i i-plus" aria-hidden="true"></i>Empty workout</button></form>
${v.today.last?`<form method="post" action="/session/start"><input type="hidden" name="key" value="${e(v.today.key)}"><input type="hidden" name="uuid" value="${e(v.today.start_uuid)}"><input type="hidden" name="repeat" value="${e(v.today.last.uuid)}"><button class="btn block" title="${e(v.today.last.name)}, ${e(v.today.last.sub)}"><i class="i i-copy" aria-hidden="true"></i>Repeat last</button></form>`:''}</div>
<section class="card week" aria-label="This week">
<div class="week-text"><strong>${e(v.today.streak.text)}</strong><small>${e(v.today.streak.this_week)}</small></div>
<ol class="week-days">${f(v,"day",v.today.streak.days,v=>`<li class="${v.day.is_done?`is-done`:''}${v.day.is_today?` is-today`:''}"><span aria-hidden="true">${e(v.day.label)}</span><i aria-hidden="true"></i><span class="vh">${e(v.day.name)}${v.day.is_done?`: trained`:''}</span></li>`)}</ol>
</section>
${v.today.has_recent?`<section class="section">
<div class="section-head"><h2>Recent workouts</h2><a href="/workouts">History</a></div>
<ul class="list card flush">${f(v,"workout",v.today.recent,v=>`<li><a class="row" href="${e(v.workout.url)}"><span class="row-main"><strong>${e(v.workout.name)}</strong><small>${e(v.workout.date_text)} · ${e(v.workout.sub)}</small></span>${v.workout.pb_text?`<span class="badge pb"><i class="i i-trophy" aria-hidden="true"></i>${e(v.workout.pb_text)}</span>`:''}</a></li>`)}</ul>
</section>
`:''}`,
today_top:v=>`<header class="top"><div class="top-text"><h1>Today</h1><p>${e(v.today.date_text)} ${t.status(v)}</p></div></header>`,
unsent:v=>`${v.unsent.leaving?`<section class="card stack">
<h2>Sign out?</h2>
<p>You have ${e(v.unsent.leaving.text)}.</p>
${v.unsent.leaving.has_failed?`<p class="notice warn" role="alert">The server could not be reached, or does not take all of it yet. Nothing is lost.</p>`:''}  <form method="post" action="/logout?then=send"><button class="btn primary big block">Send and sign out</button></form>
<form method="post" action="/logout?then=keep"><button class="btn block">Keep it here and sign out</button></form>
<p class="muted">What is kept is sent when you sign in here again. Nobody else who signs in here sees or sends it.</p>
<a class="btn quiet block" href="/">Stay signed in</a>
</section>
`:''}${v.unsent.is_signed_out?`<p class="notice warn">You are signed out. Everything below is kept, and is sent when you have signed in again. <a href="/login?next=/unsent">Sign in</a></p>`:''}${v.unsent.is_broken?`<p class="notice warn">This phone’s storage is full or switched off for this site, so changes need a connection until there is room again.</p>`:''}${v.unsent.has_refusals?`<section class="section">
<h2>For you to decide</h2>
${f(v,"each",v.unsent.refusals,v=>`  <article class="card stack laid">
<div><h3>${e(v.each.what)}</h3><p>${e(v.each.why)}.</p><small>${e(v.each.when)}</small></div>
${v.each.is_changed?`    <div class="actions laid-both">
<form method="post" action="${e(v.each.url)}/mine"><button class="btn"><span class="row-main"><small>On this phone</small><b class="tnum">${e(v.each.mine)}</b></span></button></form>
<form method="post" action="${e(v.each.url)}/discard"><button class="btn"><span class="row-main"><small>On the server</small><b class="tnum">${e(v.each.theirs)}</b></span></button></form>
</div>
`:`${v.each.anyway?`<form method="post" action="${e(v.each.url)}/anyway"><button class="btn primary block">${e(v.each.anyway)}</button></form>`:''}    <div class="actions">
<form method="post" action="${e(v.each.url)}/retry"><button class="btn">Try again</button></form>
${v.each.change_url?`<a class="btn" href="${e(v.each.change_url)}">Change</a>`:''}      <form method="post" action="${e(v.each.url)}/discard"><button class="btn danger">${e(v.each.discard)}</button></form>
</div>
`}  </article>
`)}</section>
`:''}${v.unsent.has_waiting?`<section class="section">
<h2>${e(v.unsent.waiting_text)}</h2>
<p class="muted">${v.unsent.is_held?`It waits for what you decide above.`:`Sent by itself, in this order, as soon as the server can be reached.`}</p>
<ol class="list card flush">${f(v,"each",v.unsent.waiting,v=>`<li class="row plain"><span class="row-main"><strong>${e(v.each.what)}</strong><small>${e(v.each.when)}</small></span></li>`)}</ol>
</section>
`:''}${v.unsent.is_empty?`<div class="empty"><i class="i i-check" aria-hidden="true"></i><h2>Nothing waits on this device</h2><p>Everything you logged is on the server.</p><a class="btn primary" href="/">Back to today</a></div>`:''}`,
warmup:v=>`<form class="warmup" method="post" action="${e(v.warmup.action)}" hx-post="${e(v.warmup.action)}" hx-target="#cards" hx-swap="outerMorph" data-close>
<input type="hidden" name="key" value="${e(v.warmup.key)}"><input type="hidden" name="uuid" value="${e(v.warmup.uuid)}">
<h2 class="sheet-title">Warm-up sets</h2>
<p class="muted">${e(v.warmup.name)} · ${e(v.warmup.for_text)}</p>
<ol class="list">${f(v,"row",v.warmup.rows,v=>`<li class="row plain"><span class="row-main"><strong class="tnum">${e(v.row.weight)} × ${e(v.row.reps)}</strong></span><span class="row-end tnum">${e(v.row.share)}</span></li>`)}</ol>
<button class="btn primary big block">${e(v.warmup.button)}</button>
</form>`
};return t};
