// The tray: what the server would not have, for the person to decide; and what still waits.
const DEEDS = {
  undo: "undo", remove: "removed", restore: "brought back", up: "moved up", down: "moved down", rest: "rest taken",
  edit: "changed", keep: "kept in the routine", warmup: "warm-up sets", sets: "one more set", "sets/drop": "one set less",
};
const ENDS = { finish: "Finish", stop: "Stop", discard: "Discard", start: "Start" };
const DECISION = /^\/unsent\/(\d+)\/(retry|anyway|mine|discard)$/;
const SEND_LIMIT = 15_000;

/** An operation in words: "Bench Press (Barbell), set 2: 80 kg × 8". */
function whatOf({ sheet: old }, { sheet }, { path }) {
  const [, kind, at, verb] = /^\/\w+\/(\w+)\/?([^/]*)\/?(.*)$/.exec(path), name = (sheet ?? old)?.name ?? "the workout";
  if (kind === "sets") return setWhat(both(sheet, at) ?? both(old, at), verb);
  if (kind === "items") return itemWhat([sheet, old].map((each) => each && findItem(each, at)), verb, sheet);
  return kind === "rest" ? "The rest timer" : `${ENDS[kind] ?? "Bring back"} ${name}`;
}

const both = (sheet, uuid) => sheet && findSet(sheet, uuid);

function setWhat(found, verb) {
  if (!found) return "A set";
  const [item, set] = found, name = `${item.exercise_name}, ${titleOf(set, numberOf(item, set)).toLowerCase()}`;
  return `${name}: ${["log", "edit"].includes(verb) ? setText(item, set) : DEEDS[verb]}`;
}

function itemWhat([item, old], verb, sheet) {
  if (!verb) return `${sheet.items.at(-1).exercise_name}: added`;
  const name = (old ?? item)?.exercise_name || "Rest";
  return verb === "swap" ? `${name}: swapped` : `${name}: ${DEEDS[verb]}`;
}

/** What /unsent shows; `leaving` when the person is about to sign out. */
function trayFacts(found, state, leaving = null) {
  const refusals = tray(found).map((laid) => refusalView(laid, state)), ops = unsent(found);
  const zone = state.person.offsets, when = (at) => `${shortDate(local(at, zone))}, ${timeOf(local(at, zone))}`;
  return {
    unsent: {
      leaving,
      refusals: refusals.map((each, n) => ({ ...each, when: when(tray(found)[n].op.at) })),
      has_refusals: refusals.length > 0,
      waiting: ops.map(({ what, at }) => ({ what, when: when(at) })),
      has_waiting: ops.length > 0,
      waiting_text: `${count(ops.length, "change")} on this phone`,
      is_held: !nextOf(found),
      is_signed_out: trouble === "sign_in",
      is_broken: trouble === "broken",
      is_empty: !refusals.length && !ops.length,
    },
  };
}

function refusalView({ op, refusal: { status, code, text, current } }, state) {
  const set = both(state.sheet, OF_SET.exec(op.path)?.[1]), isChanged = status === 412 && current;
  return {
    url: `/unsent/${op.seq}`,
    what: op.what,
    why: text,
    mine: isChanged ? op.what.split(": ").at(-1) : "",
    theirs: isChanged ? (current.completed_at && setText(set?.[0] ?? { load: "external" }, current)) || "Not logged" : "",
    is_changed: !!isChanged,
    anyway: { ended: "Add it anyway", another_runs: `End “${current?.name}” and go on with this` }[code] ?? "",
    change_url: set && !isChanged ? `/session/sets/${set[1].uuid}?refused=${op.seq}` : "",
    discard: isStart(op) ? "Discard this workout" : "Discard",
  };
}

/** A button of the tray. */
async function decided(event, path) {
  const [, seq, how] = DECISION.exec(path) ?? [];
  await change((found, stores) => {
    const laid = tray(found).find(({ op }) => `${op.seq}` === seq);
    if (!laid) return null;
    const refused = found.refused.filter((each) => each !== laid), again = how !== "discard" && againOf(laid, how);
    const isOfIt = (op) => !again && isStart(laid.op) && op.workout === laid.op.uuid;
    const queue = [...found.queue.filter((op) => !isOfIt(op)), ...(again ? [again] : [])].sort((a, b) => a.seq - b.seq);
    stores.refused.delete(laid.op.seq);
    for (const op of found.queue.filter(isOfIt)) stores.outbox.delete(op.seq);
    if (again) stores.outbox.put(again);
    return { ...found, refused, queue, state: null };
  });
  event.waitUntil(drain().then(() => tell()));
  return Response.redirect("/unsent", 303);
}

/** The operation as it is sent again, in its old place; it has been answered, so its key is new. */
function againOf({ op, refusal: { current } }, how) {
  const again = { ...op, key: uuid7(Date.now()) };
  if (how === "mine") return { ...again, if_match: current.version };
  if (how !== "anyway") return again;
  const { item, exercise } = op, on = item ? { item, ...(exercise && { exercise }) } : {};
  return { ...again, if_match: undefined, body: { ...op.body, ...on, anyway: "1" } };
}

/** Signing in or out. With something waiting, signing out asks what to do with it. */
async function signing(event) {
  const { pathname, searchParams } = new URL(event.request.url), how = searchParams.get("then");
  const isWaiting = async () => pathname === "/logout" && unsent(await kept()).length > 0;
  try {
    if (how !== "keep" && (await isWaiting())) {
      if (how === "send") await Promise.race([drain(), late(SEND_LIMIT)]);
      const found = await kept(), state = mirrored(found), shell = found.docs[shellName()];
      if (state && shell && (await isWaiting())) return asks(found, state, shell, how === "send");
    }
  } catch (error) {
    console.warn(error); // whatever is kept here, nobody is to be kept from signing out
  }
  return passedOn(event, pathname);
}

function asks(found, state, shell, hasFailed) {
  const leaving = { text: `${count(unsent(found).length, "change")} only on this phone`, has_failed: hasFailed };
  const page = render("unsent", trayFacts(found, state, leaving), state, Date.now());
  return spoken(framed(shell.body, page), 200, Object.fromEntries(shell.headers));
}
