// The outbox: what was tapped, sent in order, one sender at a time, until the server has answered.
const FIRST_LIMIT = 5000, LAST_LIMIT = 20_000, LONGEST_WAIT = 30;
const FOR_LATER = [408, 425, 429];
let fails = 0, dueAt = 0, limit = FIRST_LIMIT, queued = null;

/** Send what waits. Resolves when it is sent, or when the server could not be reached. */
function drain() {
  queued ??= navigator.locks.request("outbox", () => {
    queued = null;
    return sendAll().catch((error) => {
      if (!(error instanceof Broken)) throw error;
    });
  });
  return queued;
}

async function sendAll() {
  let found = await kept(), isAway = false, isSome = mine(found).some((op) => op.sent);
  for (let op; !isAway && (op = nextOf(found)); found = await kept()) {
    const outcome = await attempt(op);
    isAway = !(outcome.isDone || outcome.refusal);
    if (isAway) await putOff(outcome);
    else await settle(op, outcome);
    isSome ||= !isAway;
  }
  if (isSome) await refresh();
  if (isSome || isAway) await tell();
}

/** What is sent next; nothing while that is of a newer form, because all keeps its order. */
function nextOf(found) {
  const next = unsent(found).find((op) => !isHeldBack(found, op));
  return next?.form > FORM ? null : next;
}

/** Send one operation: {isDone}, {refusal: {status, code, text, …}}, {isOut}, or {after: seconds}. */
async function attempt(op) {
  const since = Date.now();
  try {
    const answer = await fetch(op.path, {
      method: "POST", headers: headersOf(op), body: new URLSearchParams(op.body), redirect: "manual",
      signal: AbortSignal.timeout(limit),
    });
    const { status, headers } = answer, after = Number(headers.get("Retry-After")) || 0;
    // Only what names our key is the server's own word; a portal or a proxy says anything.
    if (headers.get("Setlog-Answers") !== op.key) return { after };
    if (Date.now() - since < FIRST_LIMIT / 2) limit = FIRST_LIMIT;
    if (status < 300) return { isDone: true };
    if (status === 401) return { isOut: true };
    if (status >= 500 || FOR_LATER.includes(status) || after) return { after };
    return { refusal: { status, ...(await answer.json()) } };
  } catch (error) {
    if (error.name === "TimeoutError") limit = Math.min(2 * limit, LAST_LIMIT);
    return { after: 0 };
  }
}

function headersOf(op) {
  return {
    Accept: "application/json", "Accept-Profile": "edge",
    "Idempotency-Key": op.key, "Setlog-Tapped-At": op.at, "Setlog-Form": op.form, "Setlog-User": op.user,
    ...(op.workout && { "Setlog-Workout": op.workout }),
    ...(op.if_match && { "If-Match": `"${op.if_match}"` }),
  };
}

async function putOff({ isOut, after }) {
  fails += 1;
  const wait = Math.min(2 ** (fails - 1), LONGEST_WAIT) * (0.75 + Math.random() / 2);
  dueAt = Date.now() + 1000 * Math.max(wait, after ?? 0);
  // Once a failure: registered anew while it fires, it would fire again at once, without end.
  if (fails === 1 && !isOut) registration.sync?.register("outbox").catch(() => {});
  if (isOut) {
    trouble = "sign_in";
    await refresh(); // it may be somebody else who is signed in
  }
}

/** The server has it, or will not have it: then it lies in the tray, and the rest goes on. */
async function settle(op, { refusal }) {
  fails = dueAt = 0;
  await change((found, { outbox, refused }) => {
    const queue = found.queue.filter(({ seq }) => seq !== op.seq);
    if (!refusal) {
      const sent = { ...op, sent: true }; // done again over the mirror until that has it
      outbox.put(sent);
      return { ...found, queue: found.queue.map((each) => (each.seq === op.seq ? sent : each)) };
    }
    const laid = { op, refusal, at: new Date().toISOString() };
    outbox.delete(op.seq);
    refused.put(laid);
    return { ...found, queue, refused: [...found.refused, laid], state: null };
  });
  if (refusal) await post({ refused: op.what });
}

/** A page has come, or come back: ask what is new, unless something is to be sent first. One that
 * came while others were told that all is sent is told everything. */
async function wake(isWaiting) {
  const found = await kept();
  if (isWaiting && !nextOf(found)) for (const id of lastTold.parts.keys()) lastTold.parts.set(id);
  const isNews = Date.now() - freshAt > FRESH_FOR && !nextOf(found);
  if (!found.who || isNews) await refresh(Date.now() - listsAt > LISTS_LAST);
  return goOn();
}

/** Send what waits, or tell the pages what is new. */
const goOn = async () => (nextOf(await kept()) ? drain() : tell());

addEventListener("sync", (event) => {
  event.waitUntil(drain().then(async () => {
    if (nextOf(await kept())) throw new Error("not everything is sent yet");
  }));
});
