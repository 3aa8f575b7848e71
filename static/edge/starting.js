// Starting a workout: from a routine, empty, or as a repeat of an earlier one.

/** What the start begins with: the phone's own copy of the plan, which the operation carries. */
function beginning(state, { routine, repeat }, body, at) {
  const found = routine ? state.plans.find(({ uuid }) => uuid === routine) : state.repeats[repeat];
  const said = body.plan && { name: body.name, items: JSON.parse(body.plan) };
  if ((routine || repeat) && !found && !said) throw notFound(routine ? "Routine" : "Workout");
  const named = routine ? { routine_uuid: routine, routine_name: said?.name ?? found.name } : found;
  const of = { ...pick(named ?? {}, ["routine_uuid", "routine_name"]), ...pick(found ?? {}, ["location_name"]) };
  return { name: byHour(at, state.person.offsets), ...found, ...said, ...of, items: (said || found || {}).items ?? [] };
}

/** The workout as it begins; what is made is named by its UUID, in order. */
function startWorkout(state, { name, items, ...of }, uuid, at) {
  let n = 0;
  const next = () => child(uuid, ++n);
  const made = (item, place) => begunItem(state, item, place + 1, next);
  state.sheet = {
    ...pick(of, ["routine_uuid", "routine_name", "location_name"]),
    ...{ uuid, name, status: "in_progress", started_at: at, local_date: dateOf(at, state.person.offsets) },
    ...{ version: 1, items: items.map(made) },
  };
}

function begunItem(state, { sets, ...item }, position, next) {
  const made = { ...item, uuid: next(), position, status: "pending", version: 1 };
  made.sets = sets.map((each, n) => ({ ...each, uuid: next(), position: n + 1, version: 1 }));
  return refreshItem(state, made);
}

function byHour(at, zone) {
  const hour = local(at, zone).getUTCHours();
  return `${hour < 12 ? "Morning" : hour < 17 ? "Afternoon" : "Evening"} workout`;
}
