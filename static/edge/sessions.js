// The beginning and the end of a workout, as replies of the reducer.

/** Start a workout; with one in progress the person goes on with that, unless it is to end first. */
function startVerb(by, said) {
  const { state, uuid, body } = by, reply = { name: "started", to: "/session", facts: {} };
  if (state.discarded?.uuid === uuid) throw refused(409, "discarded", "This workout was discarded");
  by.isNothing = !!state.finished?.[uuid] || state.sheet?.uuid === uuid || (state.sheet && !body.anyway);
  if (by.isNothing) return state.finished?.[uuid] ? { ...reply, to: `/workouts/${uuid}` } : reply;
  const begun = beginning(state, said, body, by.at);
  if (state.sheet) finishWorkout(state, state.sheet, {}, "finished", by);
  startWorkout(state, begun, making(by, { name: begun.name, plan: body.plan ?? JSON.stringify(begun.items) }), by.at);
  return reply;
}

/** The reply to an end that has come already. Refused where the workout does not go on any more. */
function alreadyOver(by) {
  const { state, sheet, op: { path, workout }, body } = by, done = state.finished?.[workout];
  if (!workout || workout === sheet?.uuid || !path.startsWith("/session/")) return null;
  const isGone = state.discarded?.uuid === workout, to = isGone ? "/" : `/session/summary/${workout}`;
  by.isNothing = isGone ? path === "/session/discard" : done && /(finish|stop)$/.test(path);
  if (by.isNothing) return { name: isGone ? "discarded" : done.status, to, facts: { uuid: workout } };
  if (body.anyway) return { name: "logged", to: `/workouts/${workout}`, facts: {} };
  if (isGone) throw refused(409, "discarded", `${state.discarded.name} was discarded`);
  throw refused(409, "ended", `${done?.name ?? "This workout"} has ended`);
}

function endVerb(status) {
  return (by, said) => {
    const sheet = running(by);
    finishWorkout(by.state, sheet, said, status, by);
    return { name: status, to: `/session/summary/${sheet.uuid}`, facts: { uuid: sheet.uuid } };
  };
}

function discardVerb(by) {
  const sheet = running(by), undo = toastOf("Workout discarded", `/workouts/${sheet.uuid}/restore`);
  discardWorkout(by.state, sheet);
  return { name: "discarded", to: "/", facts: { toast: undo } };
}

function restoreVerb(by, _, uuid) {
  by.isNothing = by.state.sheet?.uuid === uuid || !!by.state.finished?.[uuid];
  if (!by.isNothing) restoreWorkout(by.state, uuid);
  const to = by.state.sheet?.uuid === uuid ? "/session" : `/workouts/${uuid}`;
  return { name: "workout_restored", to, facts: {} };
}
