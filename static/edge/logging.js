// Logging a set with one tap, taking it back, and changing what was logged.

const LATE = 30 * DAY_LONG * 1000;
const MEASURED = { reps: ["reps"], duration: ["duration_seconds"], distance: ["distance", "duration_seconds"] };
const TEXTS = { reps: "the reps", duration: "the time", distance: "the distance" };

/** The moment of the tap when it is sane (with an offset, not to come, at most 30 days ago), else now. */
function tapped(said, now) {
  const at = /(Z|[+-]\d\d:\d\d)$/.test(said ?? "") ? Date.parse(said) : NaN;
  return moment(now - LATE <= at && at <= now ? at : now);
}

/** Log the set with these numbers (what is not said is as it was offered); starts the rest. */
function logSet(sheet, item, each, said, { person, at }) {
  const was = turn(sheet), isNew = !each.completed_at;
  const entered = structuredClone(each);
  if (isNew) {
    fillOffered(item, entered, said, person, each);
    entered.completed_at = at > sheet.started_at ? at : sheet.started_at;
  }
  putSaid(item, entered, said, person);
  checkDone(item, entered);
  storeSet(item, each, entered);
  setRest(sheet, isNew ? restOf(sheet, item, person, at) : restAsItIs(sheet));
  return otherTurns(sheet, item, was);
}

function restOf(sheet, item, person, at) {
  return begun(person.rest_timer_on && sheet.status === "in_progress" ? restAfter(sheet, item) : 0, at);
}

/** Take the logging of the set back; its numbers stay offered, the rest ends. */
function undoSet(sheet, item, each) {
  const was = turn(sheet);
  storeSet(item, each, assign(structuredClone(each), { completed_at: null }));
  setRest(sheet, NO_REST);
  return otherTurns(sheet, item, was);
}

/** Change what is said of the set, done or not. */
function editSet(sheet, item, each, said, { person }) {
  const was = turn(sheet), entered = structuredClone(each);
  putSaid(item, entered, said, person);
  if (entered.completed_at) checkDone(item, entered);
  storeSet(item, each, entered);
  setRest(sheet, restAsItIs(sheet));
  return otherTurns(sheet, item, was);
}

function storeSet(item, each, entered) {
  entered.version += 1;
  item.sets[item.sets.indexOf(each)] = entered;
}

/** The items whose turn it was and is, when that is another one now; without the one tapped. */
function otherTurns(sheet, item, was) {
  const now = turn(sheet);
  return now === was ? [] : [was, now].filter((each) => each && each !== item);
}

/** Put what was offered where nothing is said, so that an empty body logs what was shown. */
function fillOffered(item, entered, said, person, each) {
  const hasLoad = item.load !== "none", isReps = item.measure === "reps";
  const wanted = [...MEASURED[item.measure], ...(hasLoad ? ["weight"] : [])];
  if (wanted.every((name) => name in said)) return;
  const shown = numbers(item, each, unitOf(person, item), distanceUnitOf(person, item));
  assign(entered, { reps: isReps ? shown.reps : null });
  if (hasLoad) assign(entered, { weight: shown.weight, weight_unit: shown.weight && shown.weight_unit });
  if (!isReps) assign(entered, { duration_seconds: shown.seconds });
  if (item.measure !== "distance") return;
  assign(entered, { distance: shown.distance, distance_unit: shown.distance && shown.distance_unit });
}

/** Write what is said onto the set; a weight or distance without a unit is in the one shown. */
function putSaid(item, each, said, person) {
  const { weight_unit: unit, distance_unit: farUnit, ...values } = said;
  if (values.duration_seconds != null) values.duration_seconds = String(values.duration_seconds);
  assign(each, values);
  if ("weight" in said || unit) {
    const usual = each.weight_unit ?? unitOf(person, item);
    assign(each, { weight_unit: unit ?? (each.weight != null ? usual : null) });
  }
  if ("distance" in said || farUnit) {
    const usual = each.distance_unit ?? distanceUnitOf(person, item);
    assign(each, { distance_unit: farUnit ?? (each.distance != null ? usual : null) });
  }
  return each;
}

/** A done set says how much: its reps, its time, or its distance. */
function checkDone(item, each) {
  const names = MEASURED[item.measure];
  if (names.some((name) => each[name] != null)) return;
  const [field] = names[0].split("_"), text = `Enter ${TEXTS[field]} first`;
  throw refused(400, "invalid", text, { [field]: [text] });
}
