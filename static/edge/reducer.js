// What a tap does to the phone's state: the server's verbs without a server. `by` is who tapped
// when: {state, sheet, person, at, op, uuid, body}; verbs change the copy in it.

const route = (path) => RegExp(`^${path.replaceAll("{id}", "([0-9a-f-]{36})")}$`);

// Path of a verb: the form that hears it, and what it does, to a reply.
const FLOW = Object.entries({
  "/session/start": ["SessionStart", startVerb],
  "/session/sets/{id}/log": ["SetIn", onSet(logSet, { stays: false })],
  "/session/sets/{id}/undo": ["Nothing", onSet((sheet, item, each) => undoSet(sheet, item, each))],
  "/session/sets/{id}/edit": ["SetIn", onSet(editSet)],
  "/session/sets/{id}/remove": ["Nothing", (by, _, uuid) => removeVerb(by, ...foundSet(by, uuid))],
  "/session/sets/{id}/restore": ["Nothing", restoreSetVerb],
  "/session/items": ["Chosen", addVerb],
  "/session/items/{id}/restore": ["Nothing", (by, _, uuid) => cardsReply(by, restoreItem(by.state, running(by), uuid))],
  "/session/items/{id}/sets": ["Made", onItem(oneMore)],
  "/session/items/{id}/sets/drop": ["Nothing", onItem((by, item) => removeVerb(by, item, lastToDrop(item)))],
  "/session/items/{id}/rest": ["Nothing", onItem(restTaken)],
  "/session/items/{id}/swap": ["Chosen", onItem(swapVerb)],
  "/session/items/{id}/up": ["Nothing", onItem((by, item) => cardsReply(by, moveItem(by.sheet, item, -1)))],
  "/session/items/{id}/down": ["Nothing", onItem((by, item) => cardsReply(by, moveItem(by.sheet, item, 1)))],
  "/session/items/{id}/remove": ["Nothing", onItem(itemRemoved)],
  "/session/items/{id}/keep": ["Made", onItem(itemKept)],
  "/session/items/{id}/edit": ["SessionItemEdit", onItem(itemEdited)],
  "/session/items/{id}/warmup": ["Made", onItem(warmedUp)],
  "/session/rest/pause": ["Nothing", onRest(paused)],
  "/session/rest/resume": ["Nothing", onRest(resumed)],
  "/session/rest/minus": ["Nothing", onRest((sheet, at) => shifted(sheet, -REST_STEP, at))],
  "/session/rest/plus": ["Nothing", onRest((sheet, at) => shifted(sheet, REST_STEP, at))],
  "/session/rest/skip": ["Nothing", onRest(() => NO_REST)],
  "/session/finish": ["Finish", endVerb("finished")],
  "/session/stop": ["Finish", endVerb("stopped")],
  "/session/discard": ["Nothing", discardVerb],
  "/workouts/{id}/restore": ["Nothing", restoreVerb],
}).map(([path, verb]) => [route(path), ...verb]);

/** Whether `apply` can carry out what is posted to this path. */
function isFlow(path, { discarded: gone } = {}) {
  return path.startsWith("/workouts/")
    ? !!gone && path === `/workouts/${gone.uuid}/restore`
    : FLOW.some(([pattern]) => pattern.test(path));
}

/**
 * Carry out an operation on the phone's state: {state, reply: {name, to, facts}, op}. `op` comes
 * back with its body complete; `now` is in milliseconds. The state itself stays as it was, and is
 * returned when there is nothing to do. Throws what `refused` makes when the server would refuse.
 */
function apply(state, op, now) {
  const [pattern, form, verb] = FLOW.find(([each]) => each.test(op.path)) ?? [];
  if (!verb) throw refused(404, "not_found", "There is nothing at this address");
  const next = { ...state, sheet: structuredClone(state.sheet ?? null) };
  const by = { state: next, sheet: next.sheet, person: state.person, at: tapped(op.at, now), body: { ...op.body }, op };
  const reply = alreadyOver(by) ?? verbDone(by, verb, checkForm(form, by.body), pattern);
  return { state: by.isNothing ? state : next, reply, op: { ...op, body: by.body } };
}

function verbDone(by, verb, said, pattern) {
  by.uuid = said.uuid ?? by.op.uuid;
  return verb(by, said, ...pattern.exec(by.op.path).slice(1));
}

/** The workout in progress. */
function running({ sheet }, noun = "Session") {
  if (!sheet) throw notFound(noun);
  return sheet;
}

function foundSet(by, uuid) {
  const found = findSet(running(by, "Set"), uuid);
  if (!found) throw notFound("Set");
  return found;
}

/** What the operation makes is named by it, here and at the server. */
function making(by, more) {
  Object.assign(by.body, { uuid: by.uuid, ...more });
  return by.uuid;
}

const loggedReply = ({ uuid }, facts) => ({ name: "logged", to: `/session#item-${uuid}`, facts: { stays: true, others: [], ...facts } });
const toastOf = (text, undo_action = "") => ({ text, undo_action });

function cardsReply(by, _, opened = "", said) {
  return { name: "cards_changed", to: opened ? `/session#item-${opened}` : "/session", facts: { opened, toast: said } };
}

// Function declarations, as the table is made before what follows it is.
function onSet(verb, more) {
  return (by, said, uuid) => {
    const [item, each] = foundSet(by, uuid), isStale = by.op.if_match && +by.op.if_match !== each.version;
    const others = isStale ? asItIs(item, each, said, by) : verb(by.sheet, item, each, said, by);
    return loggedReply(item, { item, set: findSet(by.sheet, uuid)[1], was: each, others, ...more });
  };
}

/** A set of another version than the one tapped: harmless where it comes to the same. */
function asItIs(item, each, said, { op, person }) {
  const isToBeDone = { log: true, undo: false }[op.path.split("/").at(-1)] ?? !!each.completed_at;
  const wanted = putSaid(item, { ...each }, said, person), fields = (row) => JSON.stringify(Object.entries(row).sort());
  if (fields(wanted) === fields(each) && !!each.completed_at === isToBeDone) return [];
  throw refused(412, "changed", "This set was changed on another device");
}

function onItem(verb) {
  return (by, said, uuid) => {
    const item = findItem(running(by, "Exercise"), uuid);
    if (!item) throw notFound("Exercise");
    return verb(by, item, said);
  };
}

function onRest(how) {
  return (by) => {
    setRest(running(by), how(by.sheet, by.at));
    return { name: "rest_timer", to: "/session", facts: {} };
  };
}

/** The card after a change of it, and those whose turn it was or is. */
function changedReply({ sheet }, item, change, more) {
  const was = turn(sheet), set = change() ?? null, now = turn(sheet);
  const others = sheet.items.filter((each) => each !== item && (each === was || each === now));
  return loggedReply(item, { item, set, others, ...more });
}

function removeVerb(by, item, each) {
  const said = toastOf("Set removed", `/session/sets/${each.uuid}/restore`);
  return changedReply(by, item, () => removeSet(by.sheet, item, each), { toast: said });
}

function restoreSetVerb(by, _, uuid) {
  const was = turn(running(by, "Set")), [item, set] = restoreSet(by.sheet, uuid), now = turn(by.sheet);
  const others = by.sheet.items.filter((each) => each !== item && (each === was || each === now));
  return loggedReply(item, { item, set, others });
}

function oneMore(by, item) {
  return changedReply(by, item, () => addSet(by.sheet, item, making(by))[1]);
}

function restTaken(by, item) {
  return changedReply(by, item, () => takeRest(by.sheet, item, by.person, by.at));
}

function addVerb(by, { exercise }) {
  const sheet = running(by), found = findExercise(by.state, exercise);
  const many = Number(by.body.sets ?? usualSets(by.state, found));
  return cardsReply(by, addItem(by.state, sheet, found, making(by, { sets: String(many) }), many), by.uuid);
}

function swapVerb(by, item, { exercise }) {
  swapItem(by.state, by.sheet, item, findExercise(by.state, exercise), making(by));
  return cardsReply(by, null, findItem(by.sheet, by.uuid) ? by.uuid : item.uuid);
}

function itemRemoved(by, item) {
  return cardsReply(by, removeItem(by.sheet, item), "", toastOf("Exercise removed", `/session/items/${item.uuid}/restore`));
}

function itemKept(by, item) {
  return cardsReply(by, keepItem(by.state, by.sheet, item, making(by)), item.uuid, toastOf("Kept in the routine"));
}

function itemEdited(by, item, said) {
  return cardsReply(by, editItem(by.state, by.sheet, item, said), item.uuid);
}

function warmedUp(by, item) {
  return cardsReply(by, warmUp(by.sheet, item, by.person, ownedAt(by.state, "bars"), making(by)), item.uuid);
}
