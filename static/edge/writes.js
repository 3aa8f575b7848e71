// What a tap does: it is kept on this phone, done on the mirror and answered at once; it is sent behind.
const IN_PLACE = ["logged", "cards_changed", "rest_timer"];
const OF_SET = /^\/session\/sets\/([^/]+)\/(log|undo|edit)$/;
const MAY_BE_FLOW = /^\/session\/|\/restore$/;
const SIGNING = /^\/(login|logout|register|settings\/account\/delete)$/;
const NOT_SAVED = "Not saved: no connection. What you entered is still here; try again.";
let toast, staleAt = 0; // what the next page says, if known; since when the server may know more than the mirror

/** A POST of a page. */
async function written(event, { pathname }) {
  const { request } = event;
  if (SIGNING.test(pathname)) return signing(event);
  if (pathname.startsWith("/unsent/")) return decided(event, pathname);
  if (!MAY_BE_FLOW.test(pathname)) return passedOn(event, pathname);
  try {
    const op = await operation(request.clone(), pathname), outcome = await carriedOut(op).catch(refusal);
    if (outcome?.refusal) return await refusedAt(event, outcome.refusal);
    if (outcome) return answered(event, op, outcome);
  } catch (error) {
    if (!(error instanceof Broken)) console.warn(error);
    event.waitUntil(tell());
  }
  return passedOn(event, pathname);
}

const refusal = (error) => error.status ? { refusal: error } : Promise.reject(error);

/** The operation that a form asks for. */
async function operation(request, path) {
  const { key, ...body } = Object.fromEntries(await request.formData()), { headers } = request;
  const uuid = body.uuid ?? uuid7(Date.now());
  return {
    key: headers.get("Idempotency-Key") ?? key ?? uuid7(Date.now()),
    at: headers.get("Setlog-Tapped-At") ?? new Date().toISOString(),
    uuid, path, body, form: FORM, page_build: headers.get("Setlog-Build") ?? BUILD,
  };
}

/** Keep the operation and do it on the mirror: {reply, state}; null when it is none of the flow,
 * or nobody knows whose. Raises what the server would refuse with, or Broken. */
async function carriedOut(op) {
  let outcome = null;
  await change(async (found, { outbox, refused, meta }) => {
    const state = mirrored(found);
    if (!state || !isFlow(op.path, state)) return null;
    const twin = found.queue.find(({ key }) => key === op.key); // tapped twice: once is enough
    if (twin) return void (outcome = { reply: { to: twin.to, facts: {} }, found });
    const { state: next, reply, op: done } = apply(state, { ...placed(op, state), user: found.who }, Date.now());
    outcome = { reply, found };
    if (next === state) return null; // nothing to do
    const made = { ...done, to: reply.to, what: whatOf(state, next, done) };
    made.seq = await asked(outbox.add(made));
    const last = { toast: reply.facts.toast, to: reply.to, at: Date.now() };
    meta.put(last, "last");
    const moot = tray(found).filter((each) => each.op.path === op.path && OF_SET.test(op.path));
    for (const each of moot) refused.delete(each.op.seq);
    const left = found.refused.filter((each) => !moot.includes(each));
    return outcome.found = { ...found, queue: [...found.queue, made], refused: left, last, state: next };
  });
  return outcome && { ...outcome, state: mirrored(outcome.found) };
}

/** The operation with what it was done to: workout, item, exercise, and the set's version. */
function placed(op, { sheet }) {
  const [, set] = OF_SET.exec(op.path) ?? [], both = set && sheet && findSet(sheet, set);
  const [, gone] = /^\/workouts\/([^/]+)/.exec(op.path) ?? [];
  const workout = isStart(op) ? undefined : gone ?? sheet?.uuid; // a start is of its own
  if (!both) return { ...op, workout };
  const [{ uuid: item, exercise_uuid: exercise }, { version }] = both;
  return { ...op, workout, if_match: version, item, exercise };
}

/** The answer the server would give: the fragment, or the page to go to. */
function answered(event, op, { reply, state }) {
  const { request, clientId } = event;
  event.waitUntil(drain());
  toast = reply.facts.toast ?? false;
  if (!request.headers.has("HX-Request") || !IN_PLACE.includes(reply.name)) return Response.redirect(reply.to, 303);
  // A page of another build may not know what to do with our fragment.
  if (op.page_build !== BUILD) return spoken("", 200, { "HX-Refresh": "true" });
  toast = false;
  event.waitUntil(tell(clientId));
  return spoken(render(reply.name, reply.facts, state, Date.now()));
}

/** Refused with what the phone knows; a phone that may know too little lets the server say it. */
async function refusedAt(event, error) {
  const isPlain = !event.request.headers.has("HX-Request"), found = await kept();
  if ((isPlain || error.status === 404) && !unsent(found).length) return passedOn(event, new URL(event.request.url).pathname);
  if (isPlain) return stays(error.message);
  const texts = Object.values(error.fields ?? {}).flat().filter((text) => text !== error.message);
  return spoken(render("problem", { failure: { text: error.message }, texts }, mirrored(found), Date.now()), error.status);
}

/** To the server, as the page sent it. Where it cannot be reached the page stays, with what was
 * typed in it. */
async function passedOn(event, path) {
  if (path.startsWith("/session")) await drain().catch(() => {}); // what came before goes before
  const answer = await fetch(event.request).catch(() => null);
  if (!answer) return event.request.mode === "navigate" ? stays(NOT_SAVED) : Response.error();
  if (SIGNING.test(path) && answer.type === "opaqueredirect") await become(null);
  staleAt = Date.now();
  event.waitUntil(refresh(true).then(goOn).catch(() => {}));
  return answer;
}

/** No page at all: the one that asked stays as it is, and says why. */
async function stays(text) {
  await post({ say: text });
  return new Response(null, { status: 204 });
}

function spoken(text, status = 200, headers = {}) {
  return new Response(text, { status, headers: { "Content-Type": "text/html; charset=utf-8", ...headers } });
}
