// The cards of a workout: an exercise with its sets, or a timed rest: webapp/views/cards.py. `c` is
// what every view may need: person, bests by set, sets that wait, now, and a source of keys.

/** All cards; open is the one whose turn it is, and the item `opened` (a UUID). */
const cardsView = (sheet, c, opened) => sheet.items.map((item) => cardView(sheet, item, c, item.uuid === opened));

/** One card as the templates read it. */
function cardView(sheet, item, c, isOpened) {
  const place = sheet.items.indexOf(item);
  return {
    ...headView(sheet, item, isOpened),
    ...footView(sheet, item, c),
    note: item.note || "",
    advice: item.plan.advice || "",
    is_rest: item.kind === "rest",
    rest_text: item.rest_seconds ? clock(item.rest_seconds) : "Off",
    can_up: place > 0,
    can_down: place < sheet.items.length - 1,
    sets: setRows(item, c),
  };
}

/** What a card is, but for what stands on it. */
function tagView(sheet, item, isOpened = false) {
  const here = turn(sheet) === item;
  return {
    uuid: item.uuid,
    rev: `${sheet.version}`,
    superset: letterOf(sheet, item),
    is_open: here || isOpened,
    is_done: isDone(item),
    is_current: here,
  };
}

/** The same with its name and how far it is. */
function headView(sheet, item, isOpened) {
  const isRest = item.kind === "rest", best = isDone(item) && !isRest ? bestSet(item) : null;
  return {
    ...tagView(sheet, item, isOpened),
    name: item.exercise_name || "Rest",
    sub: planText(item),
    state_text: isRest ? "" : `${done(item).length}/${item.sets.length}`,
    best_text: best ? setText(item, best) : "",
  };
}

/** For a form that stands many times on a page. */
const shortKey = (c) => c.key().slice(-12);

/** What can be done with all sets of a card. */
const footView = (sheet, item, c) => ({
  uuid: item.uuid,
  key: shortKey(c),
  made_uuid: c.key(),
  has_plates: item.implement === "Barbell" && item.load === "external",
  has_warmup: hasWarmUp(item, c),
  is_changed: isChanged(sheet, item),
});

/** Before the first working set, when its weight is known. */
function hasWarmUp(item, { person }) {
  const working = item.sets.filter((set) => !isWarmUp(set));
  return item.load === "external" && item.measure === "reps" && !working.some((set) => set.completed_at)
    && working.some((set) => shownOf(item, set, person).known.weight);
}

/** "A" for the first superset, "B" for the next; "" for an item on its own. */
function letterOf({ items }, { superset }) {
  const all = items.map((each) => each.superset).filter((each) => each != null);
  const shared = [...new Set(all.filter((each, place) => all.indexOf(each) !== place || all.lastIndexOf(each) !== place))];
  const at = shared.indexOf(superset);
  return at < 0 ? "" : String.fromCharCode(65 + (at % 26));
}

/** "3 × 8–10 · 80 kg" of the plan; the muscle group when there is none. */
function planText({ plan, kind, muscle_group: group }) {
  const { reps_min: low, reps_max: high, sets, weight } = plan;
  const each = low && high && low !== high ? `${low}–${high}` : `${low || high || clock(plan.duration_seconds)}`;
  if (kind === "rest") return "";
  if (!each) return group === "other" ? "" : capital(group);
  const said = sets && kind !== "cardio" ? `${sets} × ${each}` : each;
  return weight ? `${said} · ${weight} ${plan.weight_unit || "kg"}` : said;
}

function setRows(item, c) {
  const current = nextSet(item), base = shortKey(c);
  return item.sets.map((set, place) => rowView(item, set, set === current, c, `${base}-${place}`));
}

/** One set of a card. */
function rowView(item, set, isCurrent, c, key = "") {
  const shown = shownOf(item, set, c.person), number = numberOf(item, set);
  const isLogged = !!set.completed_at, hasRpe = c.person.rpe_on || set.rpe != null;
  return {
    uuid: set.uuid,
    key,
    label: isWarmUp(set) ? "W" : `${number}`,
    title: titleOf(set, number),
    is_done: isLogged,
    is_current: isCurrent,
    is_warmup: isWarmUp(set),
    last: lastText(shown),
    waits: c.waits.includes(set.uuid),
    done_text: isLogged ? shownText(shown) : "",
    rpe_text: isLogged && set.rpe ? `RPE ${set.rpe}` : "",
    note: set.notes || "",
    pb: "",
    pb_text: "",
    ...c.bests[set.uuid],
    fields: fieldsOf(shown, isCurrent),
    has_bands: hasBands(item, set),
    bands: bandsOf(shown),
    has_rpe: hasRpe,
    rpes: hasRpe ? rpesOf(set) : [],
  };
}

/** "Set 1", "Warm-up 1". */
const titleOf = (set, number) => `${isWarmUp(set) ? "Warm-up" : "Set"} ${number}`;

/** The set's number among its kind, from 1. */
const numberOf = (item, set) => item.sets.filter((other) => isWarmUp(other) === isWarmUp(set)).indexOf(set) + 1;
