// What a workout begins with: items and planned sets, without UUIDs and versions.

const PLAN = "reps_min reps_max duration_seconds distance distance_unit speed_kmh interval_seconds".split(" ");
const PASSING = ["removed_sets", "advice", "routine_weight"]; // what a plan has for one workout alone
const ITEM_FIELDS = ["kind", ...OF_EXERCISE, "superset", "rest_seconds", "note", "routine_item_uuid"];

/** An ended workout again, its done numbers planned. */
function ofEarlier(sheet) {
  const items = sheet.items.filter((item) => done(item).length || item.kind === "rest").map(itemAgain);
  items.forEach((item, n) => item.position = n + 1);
  return { ...pick(sheet, ["name", "routine_uuid", "routine_name", "location_name"]), items };
}

function itemAgain(item) {
  const plan = assign({ ...item.plan }, nothing(PASSING));
  return { ...pick(item, ITEM_FIELDS), status: "pending", plan, sets: done(item).map(setAgain) };
}

function setAgain(each, n) {
  return assign({ position: n + 1, set_type: each.set_type }, {
    planned_reps: each.reps,
    planned_weight: each.weight,
    planned_weight_unit: each.weight_unit,
    planned_seconds: each.duration_seconds && parseInt(each.duration_seconds),
  });
}

/** A routine's item as it stands there: planned numbers, warm-ups, rest and note. `line` has its
 * columns; which exercise it is of, and where it belongs, says the item. */
function ofLine(state, item, line) {
  const found = state.library.find(({ uuid }) => uuid === item.exercise_uuid);
  const exercise = found ? ofExercise(state, found) : pick(item, OF_EXERCISE);
  const rest = line.rest_seconds ?? (found ? usualRest(state, found) : state.person.default_rest_seconds);
  const plan = assign({}, { ...line, exercise_uuid: item.exercise_uuid, rest });
  const sets = [...lineWarmUps(exercise, plan), ...lineSets(exercise, item.kind, plan)];
  return assign({ kind: item.kind, status: "pending", ...exercise, plan, rest_seconds: rest }, {
    note: line.note,
    superset: item.superset,
    routine_item_uuid: item.routine_item_uuid,
    sets: sets.map((each, n) => assign(each, { position: n + 1 })),
  });
}

function lineSets({ measure }, kind, plan) {
  const isReps = measure === "reps";
  const numbers = {
    planned_reps: isReps ? plan.reps_min : null,
    planned_reps_max: isReps ? plan.reps_max : null,
    planned_weight: plan.weight,
    planned_weight_unit: plan.weight && plan.weight_unit,
    planned_seconds: plan.duration_seconds,
  };
  return Array.from({ length: kind === "cardio" ? 1 : plan.sets }, () => assign({ set_type: "working" }, numbers));
}

function lineWarmUps(exercise, { warm_up_sets: count, weight, weight_unit: unit = "kg" }) {
  const bar = exercise.implement === "Barbell" ? BARS[unit][0] : null, step = exercise[`exercise_increment_${unit}`];
  const made = count && weight ? few(count, weight, compare(step ?? 0, 0) ? step : "2.5", bar) : [];
  return Array.from({ length: count }, (_, n) => made[n] ? warmUpSet(made[n], unit) : { set_type: "warm_up" });
}
