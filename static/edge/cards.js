// The cards of a workout: an exercise with its sets, or a timed rest: webapp/views/cards.py. `c` is
// what every view may need: person, bests by set, sets that wait, now, and a source of keys.

/** All cards; open is the one whose turn it is, and the item `opened` (a UUID). */
const cardsView = (sheet, c, opened) => sheet.items.map((item) => cardView(sheet, item, c, item.uuid === opened));

/** One card as the templates read it. */
function cardView(sheet, item, c, isOpened) {
  const here = turn(sheet) === item, isRest = item.kind === "rest", place = sheet.items.indexOf(item);
  const sets = setRows(item, c), best = isDone(item) && !isRest ? bestSet(item) : null;
  return {
    uuid: item.uuid,
    key: c.key(),
    rev: `${sheet.version}`,
    made_uuid: c.key(),
    name: item.exercise_name || "Rest",
    sub: planText(item),
    superset: letterOf(sheet, item),
    note: item.note || "",
    advice: item.plan.advice || "",
    state_text: isRest ? "" : `${done(item).length}/${item.sets.length}`,
    best_text: best ? setText(item, best) : "",
    is_open: here || isOpened,
    is_done: isDone(item),
    is_current: here,
    is_rest: isRest,
    rest_text: item.rest_seconds ? clock(item.rest_seconds) : "Off",
    can_up: place > 0,
    can_down: place < sheet.items.length - 1,
    has_plates: item.implement === "Barbell" && item.load === "external",
    has_warmup: hasWarmUp(item, sets),
    is_changed: isChanged(sheet, item),
    sets,
  };
}

/** Before the first working set, when its weight is known. */
function hasWarmUp({ load, measure }, sets) {
  if (load !== "external" || measure !== "reps") return false;
  const working = sets.filter((set) => !set.is_warmup);
  return !working.some((set) => set.is_done) && working.some((set) => set.fields[0].value !== "");
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
  const current = nextSet(item), base = c.key();
  return item.sets.map((set, place) =>
    ({ ...rowView(item, set, set === current, c), key: `${base}-${place}` }));
}

/** One set of a card. */
function rowView(item, set, isCurrent, c) {
  const shown = shownOf(item, set, c.person), number = numberOf(item, set);
  const isLogged = Boolean(set.completed_at), hasRpe = c.person.rpe_on || set.rpe != null;
  return {
    uuid: set.uuid,
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
