// Ending a workout: finish, stop early, discard, and take a discarded one back.

const FORGOTTEN = 3 * 3600 * 1000;
const AS_BEFORE = "As last time; the next step comes with signal";
const OF_PAST = "set_type reps weight weight_unit duration_seconds distance distance_unit band rpe completed_at".split(" ");

/** End the workout: what is not logged is dropped, or logged as it is offered where that is enough. */
function finishWorkout(state, sheet, { unlogged, rating, notes }, status, { person, at }) {
  if (unlogged === "log") logAll(sheet, { person, at });
  clear(sheet);
  for (const item of sheet.items.filter((each) => each.status === "active")) Object.assign(item, { status, version: item.version + 1 });
  const ended = endOf(sheet, at);
  assign(sheet, { status, ended_at: ended, rating: rating || sheet.rating, notes: notes || sheet.notes });
  setRest(sheet, NO_REST);
  state.sheet = null;
  remember(state, sheet);
}

/** Log what is left, as offered; what nothing is known of stays and is dropped. */
function logAll(sheet, by) {
  for (const each of allSets(sheet).filter(({ completed_at }) => !completed_at)) {
    try {
      logSet(sheet, ...findSet(sheet, each.uuid), {}, by);
    } catch (error) {
      if (!error.status) throw error;
    }
  }
}

/** Drop what was not done: sets, and items that were never begun. */
function clear(sheet) {
  for (const item of sheet.items) item.sets = done(item);
  const isUntouched = ({ status, sets, note, plan }) =>
    status === "pending" && !sets.length && (note == null || note === plan.note);
  sheet.items = sheet.items.filter((item) => !isUntouched(item));
  delete sheet.removed;
}

/** The tap; or the last set of a workout that was left running for hours after it. */
function endOf(sheet, at) {
  const last = lastDone(allSets(sheet));
  if (last && Date.parse(at) - Date.parse(last) > FORGOTTEN) return last;
  return [at, last ?? at, sheet.started_at].sort().at(-1);
}

/** An ended workout is what "last time" and "repeat" mean from now on. */
function remember(state, sheet) {
  state.finished = { ...state.finished, [sheet.uuid]: sheet };
  state.repeats = { ...state.repeats, [sheet.uuid]: ofEarlier(sheet) };
  state.plans = state.plans.map((plan) => plan.uuid === sheet.routine_uuid ? outdated(plan) : plan);
  const sets = sheet.items.flatMap((item) => done(item).map((each) => [item.exercise_uuid, pick(each, OF_PAST)]));
  for (const exercise of new Set(sets.map(([uuid]) => uuid).filter(Boolean))) {
    const past = sets.filter(([uuid]) => uuid === exercise).map(([, each]) => each);
    const isNewer = lastDone(past) > (lastDone(state.last[exercise] ?? []) ?? "");
    if (isNewer) state.last = { ...state.last, [exercise]: past };
  }
}

/** The server alone works out the next weights; until it is heard, those of this workout stay. */
function outdated(plan) {
  const items = plan.items.map((item) => item.plan.advice ? { ...item, plan: { ...item.plan, advice: AS_BEFORE } } : item);
  return { ...plan, items };
}

/** Put the workout into the trash. */
function discardWorkout(state, sheet) {
  setRest(sheet, NO_REST);
  state.discarded = sheet;
  state.sheet = null;
}

/** Take the discarded workout back: it goes on, unless another one runs; then it counts as stopped. */
function restoreWorkout(state, uuid) {
  if (state.sheet?.uuid === uuid || state.finished?.[uuid]) return;
  if (state.discarded?.uuid !== uuid) throw notFound("Workout");
  const sheet = structuredClone(state.discarded);
  state.discarded = null;
  sheet.version += 1;
  for (const item of sheet.items) refreshItem(state, item);
  if (!state.sheet) {
    state.sheet = sheet;
    return;
  }
  Object.assign(sheet, { status: "stopped", ended_at: lastDone(allSets(sheet)) ?? sheet.started_at });
  remember(state, sheet);
}
