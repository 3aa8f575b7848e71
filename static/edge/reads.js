// The pages of the gym flow, from the mirror; other pages from the network, else as last seen.
const COPIES = "copies", MOST_COPIES = 40;
const ASKS_FOR = 1000, SLOW_FOR = 30_000, COPY_AFTER = 6000, SAID_FOR = 6e5;
const OF_FLOW = [
  [/^\/$/, "today"],
  [/^\/session$/, "session"],
  [/^\/session\/finish$/, "finish"],
  [/^\/(?:session\/summary|workouts)\/([^/]+)$/, "summary"],
  [/^\/session\/add$/, "exercise_picker"],
  [/^\/session\/items\/([^/]+)\/(swap|edit|plates|warmup)$/, { swap: "exercise_picker", edit: "item_edit", plates: "plate_sheet", warmup: "warm_ups" }],
  [/^\/session\/sets\/([^/]+)$/, "set_edit"],
  [/^\/unsent$/, "unsent"],
];
let slowUntil = 0;

const late = (ms, said) => new Promise((done) => setTimeout(done, ms, said));

/** The name of the reply a path asks for and what the path names; undefined for other pages. */
function replyAt(path) {
  for (const [pattern, name] of OF_FLOW) {
    const named = pattern.exec(path);
    if (named) return [named[2] ? name[named[2]] : name, named[1]];
  }
}

/** A GET of a page or a sheet of the flow. */
async function read(event, url) {
  try {
    const isTap = event.request.headers.has("HX-Request");
    const answer = (isTap || (await isAsked(event))) && shown(await kept(), url, event.request);
    if (answer) return answer;
  } catch (error) {
    if (!(error instanceof Broken)) console.warn(error);
  }
  return seen(event, url);
}

/** Whether the mirror may answer. A page is news: the server is asked first, where nothing waits
 * and it is quick; a tap never waits for it. */
async function isAsked(event) {
  const found = await kept(), isMine = !!mirrored(found);
  if (!isMine || unsent(found).length || !navigator.onLine) return isMine;
  if (Date.now() < slowUntil) return !staleAt;
  const asking = refresh(staleAt || Date.now() - listsAt > LISTS_LAST);
  const heard = await Promise.race([asking, late(ASKS_FOR, "late")]);
  if (heard === "late") {
    slowUntil = Date.now() + SLOW_FOR;
    event.waitUntil(asking.then(() => tell()));
  }
  return heard === "late" ? !staleAt : heard !== "out";
}

/** The page as an answer; undefined when the mirror has no such thing. */
function shown(found, url, request, isAway = !navigator.onLine) {
  const state = mirrored(found), shell = found.docs[shellName()], [name, uuid] = replyAt(url.pathname);
  const asked = Object.fromEntries(url.searchParams);
  const facts = state && factsOf(name, uuid, state, { found, asked, isAway });
  const isPart = request.headers.has("HX-Request");
  if (!facts || !(isPart || shell)) return undefined;
  if (facts.to) return Response.redirect(facts.to, 303);
  const isList = request.headers.get("HX-Target")?.endsWith("#picker-list");
  const made = render(name, { toast: toast ?? lastSaid(found, url), ...facts, is_part: isPart, is_list: isList }, state, Date.now());
  if (isPart) return spoken(made);
  toast = false;
  if (facts.path) made.main = made.main.replaceAll(`/session/sets/${uuid}/edit`, facts.path);
  return spoken(framed(shell.body, made), 200, Object.fromEntries(shell.headers));
}

/** What was said last, when the browser may have been killed before anybody could read it. */
const lastSaid = ({ last }, { pathname }) =>
  last?.to.split("#")[0] === pathname && Date.now() - last.at < SAID_FOR && last.toast;

/** What a page is about; undefined where only the server knows, {to} where there is nothing to show. */
function factsOf(name, uuid, state, { found, asked, isAway }) {
  const { sheet, finished, pbs = [] } = state;
  if (name === "today") return {};
  if (name === "unsent") return trayFacts(found, state);
  if (name === "summary") {
    const ended = finished?.[uuid];
    return ended && (isAway || unsent(found).length) && { sheet: ended, pbs: pbs.filter(({ set }) => findSet(ended, set)) };
  }
  if (!sheet) return uuid ? undefined : { to: "/" };
  const item = uuid && findItem(sheet, uuid), { q, muscle } = asked;
  if (name === "plate_sheet") return item && { item, ...checkForm("PlatesQuery", asked) };
  if (name !== "set_edit") return (item || !uuid) && { item, q, muscle };
  return setFacts(sheet, uuid, found, asked.refused);
}

function setFacts(sheet, uuid, found, refused) {
  const [item, set] = findSet(sheet, uuid) ?? [], laid = tray(found).find(({ op }) => `${op.seq}` === refused);
  if (!set || !laid) return set && { item, set };
  return { item, set: { ...set, ...checkForm("SetIn", laid.op.body) }, path: laid.op.path }; // to be put right
}

/** The page put into the frame that all pages share. */
function framed(shell, page) {
  return shell.replace(/<!--(\w+)-->/g, (mark, name) => page[name] ?? mark);
}

/** A page from the network; where that is away, as it was last seen here, or by the mirror. */
async function seen(event, url) {
  const { request } = event;
  if (request.mode !== "navigate") return fetch(request);
  const copy = await caches.match(request, { cacheName: COPIES }).catch(() => null);
  const asking = fetch(request);
  asking.catch(() => {}); // it may fail after the copy was shown
  try {
    const answer = await (copy ? Promise.race([asking, late(COPY_AFTER, copy)]) : asking);
    if (url.pathname.startsWith("/login/oidc")) await become(null);
    if (answer.status >= 502 && copy) return copy;
    if (answer !== copy && isOurs(answer)) event.waitUntil(copied(request, answer.clone()).catch(() => {}));
    return answer;
  } catch {
    return copy ?? (await known(url, request).catch(() => null)) ?? caches.match("/offline");
  }
}

const known = async (url, request) => replyAt(url.pathname) && shown(await kept(), url, request, true);

const isOurs = ({ ok, headers }) =>
  ok && headers.has("X-Request-Id") && /html/.test(headers.get("Content-Type")) && !/no-store/.test(headers.get("Cache-Control"));

/** Keep a page as it was seen; the mirror says whose it is. */
async function copied(request, answer) {
  if (!(await kept()).who || replyAt(new URL(request.url).pathname)) return;
  const copies = await caches.open(COPIES), urls = await copies.keys();
  await copies.put(request, answer);
  for (const old of urls.slice(0, Math.max(0, urls.length - MOST_COPIES))) await copies.delete(old);
}

/** A static file: of this build from the cache, of another as far as it can be had. */
async function asset(request) {
  const cached = await caches.match(request);
  if (cached) return cached;
  const answer = await fetch(request).catch(() => null);
  if (answer?.ok) {
    const copy = answer.clone();
    caches.open(BUILD).then((cache) => cache.put(request, copy)).catch(() => {});
    return answer;
  }
  const name = new URL(request.url).pathname.split("/").slice(3).join("/");
  return (await caches.match(`/static/${BUILD}/${name}`)) ?? answer ?? Response.error();
}

addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url), isPage = request.mode === "navigate";
  if (url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  const isFlow = isPage || request.headers.has("HX-Request");
  if (request.method === "POST" && isFlow) event.respondWith(written(event, url));
  if (request.method !== "GET") return;
  if (/^\/(static\/|manifest)/.test(url.pathname)) event.respondWith(asset(request));
  else if (isFlow && replyAt(url.pathname)) event.respondWith(read(event, url));
  else if (isPage) event.respondWith(seen(event, url));
});
