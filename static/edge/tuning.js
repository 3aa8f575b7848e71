// How an exercise is done today: its note, rest and unit, warm-up sets, the timed rest.

/** Change note, rest (seconds) and unit; rest and unit are remembered for the exercise. */
function editItem(state, sheet, item, said) {
  const { rest_seconds, weight_unit } = said, liked = assign({}, { rest_seconds, weight_unit });
  if ("note" in said) assign(item, { note: said.note });
  assign(item, { rest_seconds: rest_seconds ?? item.rest_seconds });
  if (item.exercise_uuid && Object.keys(liked).length) like(state, sheet, item.exercise_uuid, liked);
  if (weight_unit) for (const each of item.sets) reword(each, weight_unit);
  countItem(sheet, item);
}

/** Remember it for the exercise, wherever it stands in this workout and in those to come. */
function like(state, sheet, exercise, liked) {
  const own = { ...state.settings[exercise], ...liked };
  state.settings = { ...state.settings, [exercise]: own };
  const scaled = (item) => item.exercise_uuid === exercise ? assign({ ...item }, { weight_unit: own.weight_unit }) : item;
  const rested = (item) => {
    const isFree = item.exercise_uuid === exercise && item.kind !== "rest" && item.plan.rest_seconds == null;
    if (!isFree || liked.rest_seconds == null) return item;
    return { ...item, rest_seconds: own.rest_seconds, plan: { ...item.plan, rest: own.rest_seconds } };
  };
  for (const item of [...sheet.items, ...(sheet.removed ?? [])]) Object.assign(item, scaled(item));
  state.plans = state.plans.map((plan) => ({ ...plan, items: plan.items.map(scaled).map(rested) }));
  const again = ([uuid, plan]) => [uuid, { ...plan, items: plan.items.map(scaled) }];
  state.repeats = Object.fromEntries(Object.entries(state.repeats).map(again));
}

/** What waits to be logged is offered in the unit of the scale; what is done stays as it was. */
function reword(each, unit) {
  if (!each.weight || each.completed_at || [undefined, unit].includes(each.weight_unit)) return;
  each.weight = converted(each.weight, each.weight_unit, unit);
  each.weight_unit = unit;
  each.version += 1;
}

/** Start the timer of a timed rest and mark it taken. */
function takeRest(sheet, item, person, at) {
  if (item.kind !== "rest") throw conflict("Only a timed rest can be started");
  item.status = "finished";
  item.version += 1;
  setRest(sheet, begun(item.rest_seconds || person.default_rest_seconds, at));
}

/** Put the warm-up sets before the working sets, in place of those not done yet. */
function warmUp(sheet, item, person, bars, uuid) {
  sheet.version += 1;
  if (findSet(sheet, child(uuid, 1))) return;
  const made = rampOf(person, item, bars), unit = unitOf(person, item);
  if (!made.length) throw conflict("Enter the weight of a working set first");
  const kept = item.sets.filter((each) => isWarmUp(each) && each.completed_at);
  const working = item.sets.filter((each) => !isWarmUp(each));
  const sets = made.map((each, n) => ({ uuid: child(uuid, n + 1), ...warmUpSet(each, unit), version: 1 }));
  item.sets = [...kept, ...sets, ...working].map((each, n) => ({ ...each, position: n + 1 }));
}

const warmUpSet = ({ weight, reps }, unit) =>
  ({ set_type: "warm_up", planned_reps: reps, planned_weight: plain(weight), planned_weight_unit: unit });
