// The mirror: what the server said last, and over it, done again, what waits on this phone.
const LISTS = ["plans", "library"], LISTS_LAST = 60_000, FRESH_FOR = 2000, ASK_LIMIT = 10_000, KEPT_WORKOUTS = 3;
// What a phone finished or started from stands in the server's lists, too.
const CHANGES_LISTS = /\/(finish|stop|keep|edit|discard|restore)$/;
const GUARDS = /^(content-security|x-content|x-frame|referrer|permissions|cross-origin|content-type)/;
const FORM = 1; // of operations and documents: those of a newer one are kept for the build that made them
let listsAt = 0, freshAt = 0;

const mine = ({ queue, who }) => queue.filter((op) => op.user === who);
const tray = ({ refused, who }) => refused.filter(({ op }) => op.user === who);
const unsent = (found) => mine(found).filter((op) => !op.sent);
const isStart = ({ path }) => path === "/session/start";

/** What hangs on a start that was refused waits for what the person says to that. */
const isHeldBack = (found, { workout }) =>
  found.refused.some(({ op }) => isStart(op) && op.uuid === workout);

/** The state to show and to act on; null without a complete mirror. */
function mirrored(found) {
  const { who, docs: { now, plans, library, own } } = found;
  if (!who || [now, plans, library].some((doc) => doc?.body.form !== FORM)) return null;
  found.state ??= replayed({ ...own, ...library.body, ...plans.body, ...now.body }, found);
  return { ...found.state, waiting: waitingOf(found) };
}

function replayed(state, found) {
  for (const op of mine(found).filter((each) => each.form <= FORM && !isHeldBack(found, each))) {
    try {
      state = apply(state, op, Date.now()).state;
    } catch (error) {
      if (!error.status) throw error; // refused: the server decides when it is sent
    }
  }
  return state;
}

function waitingOf(found) {
  const ops = unsent(found);
  const sets = ops.map(({ path }) => /^\/session\/sets\/([^/]+)/.exec(path)?.[1]).filter(Boolean);
  return { sets, count: ops.length, refused: tray(found).length, status: ops.length || trouble === "broken" ? trouble : "" };
}

const shellName = () => `shell ${BUILD}`;

/** One document as the server has it now: what is known already, or {etag, body, headers}. */
async function fetched(name, known) {
  const isShell = name === shellName();
  const answer = await fetch(`/edge/${isShell ? "shell" : name}`, {
    cache: "no-store",
    headers: { Accept: isShell ? "text/html" : "application/json", ...(known && { "If-None-Match": known.etag }) },
    signal: AbortSignal.timeout(ASK_LIMIT),
  });
  if (answer.status === 304) return known;
  const isOut = answer.status === 401 && (await answer.json()).code === "unauthenticated";
  if (isOut) throw Object.assign(Error(), { isOut });
  if (!answer.ok) throw Error(answer.status);
  const body = await (isShell ? answer.text() : answer.json());
  if (isShell ? !body.includes(`name="build" content="${BUILD}"`) : body.form !== FORM)
    return isShell ? known : Promise.reject(Error("not ours"));
  return { etag: answer.headers.get("ETag"), body, headers: [...answer.headers].filter(([each]) => GUARDS.test(each)) };
}

/** Ask the server; "fresh", "out" (nobody is signed in) or "away". One at a time, so that no
 * older answer is written over a newer one. */
function refresh(isAll) {
  return navigator.locks.request("mirror", async () => {
    try {
      await refreshed(isAll);
      if (trouble === "sign_in") trouble = "";
      return "fresh";
    } catch (error) {
      return error.isOut ? signedOut() : "away";
    }
  });
}

async function refreshed(isAll) {
  const before = await kept(), sent = mine(before).filter((op) => op.sent), { docs } = before;
  const isWhole = isAll || !mirrored(before) || sent.some(({ path }) => CHANGES_LISTS.test(path));
  const shell = isAll || !docs[shellName()] ? [shellName()] : [];
  const names = before.who ? ["now", ...(isWhole ? LISTS : []), ...shell] : ["now"];
  const since = Date.now(), answers = await Promise.all(names.map((name) => fetched(name, docs[name])));
  const told = Object.fromEntries(names.map((name, at) => [name, answers[at]]).filter(([, each]) => each));
  const { user } = told.now.body;
  if (user !== before.who) {
    await become(user);
    return refreshed(true);
  }
  if (names.some((name) => told[name]?.body.user && told[name].body.user !== user)) throw Error("not ours");
  if (isWhole) listsAt = since;
  if (isAll && since >= staleAt) staleAt = 0;
  freshAt = since;
  await take(told, new Set(sent.map((op) => op.seq)), before);
}

/** Write down what the server told; what it has of ours (`sent`, from before it was asked) is
 * not done again over it. */
async function take(told, sent, before) {
  const isNew = Object.entries(told).some(([name, doc]) => doc !== before.docs[name]);
  if (!isNew && !sent.size) return;
  await change((found, stores) => {
    if (found.who !== before.who) return null;
    const queue = found.queue.filter((op) => !sent.has(op.seq));
    const docs = { ...found.docs, ...told, own: ownOf(found, queue) };
    for (const [name, doc] of Object.entries({ ...told, own: docs.own })) stores.docs.put(doc, name);
    for (const seq of sent) stores.outbox.delete(seq);
    return { ...found, docs, queue, state: null };
  });
}

/** What no document of the server's has: the last workouts finished or discarded here. Those that
 * no change in the queue is of (a start may end another workout) are told: the server counts them. */
function ownOf(found, queue) {
  const { finished = {}, discarded } = mirrored(found) ?? {};
  const last = Object.values(finished).sort((a, b) => (a.ended_at < b.ended_at ? 1 : -1)).slice(0, KEPT_WORKOUTS);
  const isTold = (uuid) => !queue.some((op) => isStart(op) || op.workout === uuid);
  const own = { finished: {} };
  for (const each of last) own.finished[each.uuid] = { ...each, told: each.told || isTold(each.uuid) };
  return discarded ? { ...own, discarded } : own;
}

/** From now on this is `who`'s phone (null: nobody knows whose). The mirror of another person
 * goes; what waits stays, and is sent when its owner signs in again. */
async function become(who) {
  const before = await kept();
  if (before.who === who) return;
  await caches.delete(COPIES);
  await change((found, stores) => {
    stores.docs.clear();
    stores.meta.put(who, "who");
    stores.meta.delete("last");
    return { ...found, who, last: null, docs: {}, state: null };
  });
  trouble = "";
  if (before.who && who) await post({ other: true });
}

/** Nobody is signed in: what waits, and a workout that goes on, stay for who signs in again. */
async function signedOut() {
  const found = await kept();
  if (unsent(found).length || mirrored(found)?.sheet) trouble = "sign_in";
  else await become(null);
  return "out";
}

/** The frame of this build, before its pages are needed. */
async function framedAnew() {
  const name = shellName(), { who } = await kept(), frame = who && (await fetched(name));
  if (!frame) return;
  await change((found, stores) => {
    stores.docs.put(frame, name);
    return { ...found, docs: { ...found.docs, [name]: frame } };
  });
}
