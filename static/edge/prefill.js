// What stands in a set before it is logged: the plan, else last time, else this workout.

/** The set's numbers as entered; before it is done, what is missing is offered. Null: unknown. */
function numbers(item, each, weightUnit, distanceUnit) {
  const known = {
    reps: each.reps ?? null,
    weight: each.weight ?? null,
    weight_unit: each.weight_unit ?? weightUnit,
    seconds: each.duration_seconds ?? null,
    distance: each.distance ?? null,
    distance_unit: each.distance_unit ?? distanceUnit,
    band: each.band ?? null,
  };
  return each.completed_at ? known : offered(item, each, known);
}

function offered(item, each, known) {
  const past = [lastOf(item, each), before(item, each)].filter(Boolean);
  known.reps ??= offeredReps(each, past);
  known.weight ??= offeredWeight(each, past, known.weight_unit);
  known.seconds ??= each.planned_seconds == null ? told(past, "duration_seconds") : String(each.planned_seconds);
  known.distance ??= offeredDistance(item, past, known.distance_unit);
  known.band ??= told(past, "band");
  return known;
}

/** The set of the same number (warm-ups counted apart) when this exercise was last done. */
function lastOf(item, each) {
  const alike = (other) => isWarmUp(other) === isWarmUp(each);
  const number = item.sets.slice(0, item.sets.indexOf(each)).filter(alike).length;
  return (item.last ?? []).filter(alike)[number];
}

/** The last set of its kind that was logged in this workout. */
const before = (item, each) => done(item).filter((other) => isWarmUp(other) === isWarmUp(each)).at(-1);

/** The first that has it says it. */
const told = (past, name) => past.find((each) => each[name] != null)?.[name] ?? null;

function offeredReps(each, past) {
  const low = each.planned_reps ?? each.planned_reps_max, high = each.planned_reps_max ?? low;
  const said = told(past, "reps");
  if (low == null) return said;
  return said == null || low === high ? low : Math.max(low, Math.min(said, high));
}

function offeredWeight(each, past, unit) {
  if (each.planned_weight != null) return converted(each.planned_weight, each.planned_weight_unit ?? unit, unit);
  const like = past.find(({ weight }) => weight != null);
  return like ? converted(like.weight, like.weight_unit ?? unit, unit) : null;
}

function offeredDistance({ plan }, past, unit) {
  const like = [plan, ...past].find(({ distance }) => distance != null);
  return like ? far(like.distance, like.distance_unit || unit, unit) : null;
}

/** A weight in the unit of the scale at hand, to the half: scales have no "176.37 lb". */
const converted = (weight, unit, wanted) =>
  unit === wanted ? weight : quotient(times(weight, GRAMS[unit]), GRAMS[wanted], "0.5");

/** A distance in another unit, to two decimals. */
const far = (distance, unit, wanted) =>
  unit === wanted ? String(distance) : quotient(times(distance, MILLIMETRES[unit]), MILLIMETRES[wanted], "0.01");
