// Other exercises than planned: add, swap, move, remove and take back.

const MOST_ITEMS = 200;
const SNAPSHOT = "muscle_group body_part modality implement measure load".split(" ");
const OF_SETTINGS = ["weight_unit", "increment", "bar_weight"];
const OF_EXERCISE = [
  ...["exercise_uuid", "exercise_name", ...SNAPSHOT, "exercise_increment_kg", "exercise_increment_lb"],
  ...OF_SETTINGS,
];
const OF_NUMBERS = "planned_weight planned_weight_unit planned_seconds reps weight weight_unit duration_seconds distance distance_unit".split(" ");

const byPosition = (a, b) => a.position - b.position;
const nothing = (names) => Object.fromEntries(names.map((name) => [name, null]));
const hasItem = (sheet, uuid) => [...sheet.items, ...(sheet.removed ?? [])].some((item) => item.uuid === uuid);

function findExercise(state, uuid) {
  const found = state.library.find((exercise) => exercise.uuid === uuid);
  if (!found) throw notFound("Exercise");
  return found;
}

/** What an item takes from its exercise and from how the person does it. */
function ofExercise(state, exercise) {
  const own = pick(state.settings[exercise.uuid] ?? {}, OF_SETTINGS);
  return assign(own, {
    ...pick(exercise, SNAPSHOT),
    exercise_uuid: exercise.uuid,
    exercise_name: exercise.name,
    exercise_increment_kg: exercise.increment_kg,
    exercise_increment_lb: exercise.increment_lb,
  });
}

const lastTime = ({ last }, exercise) => last[exercise] ?? [];

/** Seconds the person rests after this exercise: their own choice, else what is usual. */
const usualRest = ({ person, settings }, exercise) =>
  settings[exercise.uuid]?.rest_seconds ?? exercise.rest_seconds ?? person.default_rest_seconds;

/** Put an exercise at the end, with so many sets; the same UUID again adds nothing. */
function addItem(state, sheet, exercise, uuid, many) {
  if (!hasItem(sheet, uuid)) {
    const sets = Array.from({ length: many }, () => ({ set_type: "working" }));
    insertItem(state, sheet, exercise, uuid, { rest_seconds: usualRest(state, exercise) }, sets);
  }
  sheet.version += 1;
}

/** As many sets as last time; 3 (or 1 where distance counts) of what was never done. */
function usualSets(state, exercise) {
  const many = lastTime(state, exercise.uuid).filter((each) => !isWarmUp(each)).length;
  return many || (exercise.measure === "distance" ? 1 : 3);
}

function insertItem(state, sheet, exercise, uuid, item, sets, position) {
  if (sheet.items.length >= MOST_ITEMS) throw conflict("There can be no more exercises in a workout");
  const place = position ?? Math.max(0, ...sheet.items.map((each) => each.position)) + 1;
  makeRoom(sheet, place);
  const made = { uuid, position: place, kind: "exercise", status: "pending", version: 1 };
  assign(made, { ...ofExercise(state, exercise), plan: { exercise_uuid: exercise.uuid }, ...item });
  made.last = lastTime(state, exercise.uuid);
  made.sets = sets.map((each, n) => ({ uuid: child(uuid, n + 1), position: n + 1, ...each, version: 1 }));
  sheet.items.push(made);
  sheet.items.sort(byPosition);
}

/** Do another exercise instead, with the sets that are left; what is logged stays with the old one. */
function swapItem(state, sheet, item, exercise, uuid) {
  if (item.kind === "rest") throw conflict("A rest cannot be swapped");
  if (!hasItem(sheet, uuid) && exercise.uuid !== item.exercise_uuid) {
    const rest_seconds = item.plan.rest_seconds != null ? item.rest_seconds : usualRest(state, exercise);
    (done(item).length ? follow : becomeOther)(state, sheet, item, exercise, rest_seconds, uuid);
  }
  sheet.version += 1;
}

/** The numbers were for the other exercise; how many reps were wanted stays. */
function becomeOther(state, sheet, item, exercise, rest_seconds) {
  assign(item, { ...nothing(OF_EXERCISE), ...ofExercise(state, exercise), rest_seconds });
  item.last = lastTime(state, exercise.uuid);
  item.version += 1;
  item.sets = item.sets.map((each) => ({ ...assign(each, nothing(OF_NUMBERS)), version: each.version + 1 }));
}

function follow(state, sheet, item, exercise, rest_seconds, uuid) {
  const left = item.sets.filter((each) => !each.completed_at);
  const like = left.map((each) => pick(each, ["set_type", "planned_reps", "planned_reps_max"]));
  const { removed_sets, ...plan } = item.plan;
  const same = { ...pick(item, ["superset", "routine_item_uuid"]), plan, rest_seconds };
  item.sets = done(item);
  item.plan = assign({ is_closed: true }, { removed_sets });
  item.version += 1;
  insertItem(state, sheet, exercise, uuid, same, like.length ? like : [{ set_type: "working" }], item.position + 1);
}

/** Move the item one up (-1) or down (1); at the edge it stays. */
function moveItem(sheet, item, by) {
  const place = sheet.items.indexOf(item), order = sheet.items.filter((each) => each !== item);
  order.splice(Math.max(place + by, 0), 0, item);
  order.forEach((each, n) => each.position = n + 1);
  sheet.items = order;
  sheet.version += 1;
}

/** Remove the item with all its sets; it is kept, so that it can be taken back. */
function removeItem(sheet, item) {
  sheet.items = sheet.items.filter((each) => each !== item);
  sheet.removed = [...(sheet.removed ?? []), Object.assign(item, { last: [] })];
  countItem(sheet, item);
}

/** What may have changed meanwhile: how its exercise is done, and was done last. */
function refreshItem(state, item) {
  const own = state.settings[item.exercise_uuid] ?? {};
  return assign(item, { ...nothing(OF_SETTINGS), ...pick(own, OF_SETTINGS), last: lastTime(state, item.exercise_uuid) });
}

/** Take a removed item back; harmless when it is there. */
function restoreItem(state, sheet, uuid) {
  const item = sheet.removed?.find((each) => each.uuid === uuid);
  if (!item && !findItem(sheet, uuid)) throw notFound("Exercise");
  sheet.version += 1;
  if (!item) return;
  assign(sheet, { removed: unlessEmpty(sheet.removed.filter((each) => each !== item)) });
  refreshItem(state, item);
  item.sets = item.sets.map((each) => ({ ...each, version: each.version + 1 }));
  item.version += 1;
  if (sheet.items.some(({ position }) => position === item.position)) makeRoom(sheet, item.position);
  sheet.items = [...sheet.items, item].sort(byPosition);
}

function makeRoom(sheet, place) {
  for (const each of [...sheet.items, ...(sheet.removed ?? [])]) if (each.position >= place) each.position += 1;
}
