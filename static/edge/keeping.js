// Keeping a change: writing what an exercise became in a workout back to its routine.

/** True when the routine the workout came from says otherwise than what is done. */
function isChanged(sheet, item) {
  if (!sheet.routine_uuid || item.kind === "rest" || item.plan.is_closed) return false;
  if (!item.routine_item_uuid) return true;
  const now = currentOf(item), was = plannedOf(item);
  return Object.keys(now).some((name) => (now[name] ?? null) !== (was[name] ?? null));
}

/** What the item is now, in the words of a routine's item. */
function currentOf(item) {
  const warmUps = item.sets.filter(isWarmUp).length, [weight, unit] = weightOf(item);
  return {
    exercise_uuid: item.exercise_uuid,
    sets: item.sets.length - warmUps,
    warm_up_sets: warmUps,
    rest: item.rest_seconds,
    note: item.note,
    weight,
    weight_unit: unit,
  };
}

/** What the routine said, in the same words. */
function plannedOf({ kind, plan }) {
  return { ...plan, sets: kind === "cardio" ? 1 : plan.sets, warm_up_sets: plan.warm_up_sets ?? 0 };
}

/** The planned weight, or the heaviest working weight done; only where one was planned. */
function weightOf(item) {
  const { weight, weight_unit: unit, exercise_uuid: exercise } = item.plan;
  if (weight == null || item.exercise_uuid !== exercise) return [];
  const lifted = done(item).filter((each) => each.weight && !isWarmUp(each));
  if (!lifted.length) return [weight, unit];
  const heavier = (a, b) => grams(b.weight, b.weight_unit) > grams(a.weight, a.weight_unit) ? b : a;
  const top = lifted.reduce(heavier);
  return [converted(top.weight, top.weight_unit ?? "kg", unit ?? "kg"), unit];
}

/** Write the item back to the workout's routine, as its line or (of this UUID) as a new last one. */
function keepItem(state, sheet, item, uuid) {
  if (!sheet.routine_uuid || item.kind === "rest") throw conflict("This workout has no routine to keep it in");
  const now = currentOf(item);
  const rest_seconds = now.rest === item.plan.rest ? item.plan.rest_seconds : now.rest;
  item.routine_item_uuid ??= uuid;
  const written = (plan) => plan.uuid === sheet.routine_uuid ? withLine(state, plan, item, { ...now, rest_seconds }) : plan;
  state.plans = state.plans.map(written);
  assign(item.plan, { ...now, rest_seconds });
  countItem(sheet, item);
}

/** The routine with what the item is now, in its line or as a new last one. */
function withLine(state, plan, item, { rest, exercise_uuid, ...now }) {
  const old = plan.items.find((each) => each.routine_item_uuid === item.routine_item_uuid);
  const first = item.sets.find((each) => !isWarmUp(each));
  const same = old ? pick(old.plan, PLAN) : { reps_min: first?.planned_reps, reps_max: first?.planned_reps_max };
  const as = { ...item, superset: old?.superset, kind: old?.kind ?? item.kind };
  const made = { ...ofLine(state, as, { ...same, ...now, sets: Math.max(now.sets, 1) }), position: plan.items.length + 1 };
  const items = plan.items.map((each) => each === old ? { ...made, position: old.position } : each);
  return { ...plan, items: old ? items : [...items, made] };
}
