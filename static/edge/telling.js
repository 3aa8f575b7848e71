// What open pages are told: what changed on this phone or at the server, what waits, what was refused.
// Fresh revisions and the seconds of a running timer are no news.
const NO_NEWS = / (?:data-rev|data-left|value)="\d*"|role="timer"[^<]*/g;
let lastTold = { parts: new Map(), workout: "" };

async function post(message, except) {
  for (const client of await clients.matchAll({ includeUncontrolled: true }))
    client.postMessage(client.id === except ? { ...message, parts: message.parts.filter(([id]) => id === "status"), isGone: false } : message);
}

/** Send the parts that changed since the pages were told last; `except` has them already. */
async function tell(except) {
  const found = await kept().catch(() => null), state = found && mirrored(found);
  if (!state) return found ?? post({ build: BUILD, parts: [["status", statusOf({ waiting: { status: trouble } })]] });
  const before = lastTold, now = Date.now();
  lastTold = { parts: partsOf(state, now), workout: state.sheet?.uuid ?? "" };
  const isSame = [...before.parts.keys()].join() === [...lastTold.parts.keys()].join();
  const isNews = ([id, html]) => html.replace(NO_NEWS, "") !== before.parts.get(id)?.replace(NO_NEWS, "");
  const parts = [...lastTold.parts].filter(isNews);
  if (!isSame && state.sheet) parts.push(["cards", render("cards", {}, state, now, () => "")]);
  const again = nextOf(found) ? Math.min(Math.max(dueAt - now, 1000), 60_000) : 0;
  const many = unsent(found).length + tray(found).length;
  await post({ build: BUILD, parts, again, many, isGone: !!before.workout && before.workout !== lastTold.workout }, except);
}

const statusOf = (state) => render("status", {}, state, Date.now());

/** The pieces of the page of a workout, by their ids. */
function partsOf(state, now) {
  const part = (id, name, facts = {}) => [id, render(name, facts, state, now, () => "")];
  const status = ["status", statusOf(state)];
  if (!state.sheet) return new Map([status]);
  const cards = state.sheet.items.map((item) => part(`item-${item.uuid}`, "card", { item }));
  return new Map([status, part("rest", "rest_timer"), part("progress", "progress"), ...cards]);
}

/** A page says that it is there, and by which build it was made; when it has come back, what fails
 * is tried again soon, because the first attempt may be too early. */
async function greeted({ hello: build, isBack, isWaiting }) {
  if (isBack) fails = 0;
  await wake(isWaiting).catch(() => tell());
  if (build === BUILD && (await clients.matchAll()).length === 1) await tidy();
}

addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
  else if (event.data === "take me") event.waitUntil(clients.claim());
  else if (event.data?.hello) event.waitUntil(greeted(event.data));
});
