// What waits on this phone: the page and its worker tell each other what they know.
const $ = (id) => document.getElementById(id), build = document.querySelector("meta[name=build]").content;
const whenIdle = self.requestIdleCallback ?? setTimeout;
const worker = navigator.serviceWorker, later = new Map();
let again, isDue = false, isOther = false, hasNext = false, isRenewing = false;

/** `isBack`: somebody looks, or there is signal again; then nobody waits for the next attempt.
 * `isWaiting`: something waits, as far as this page knows. */
const hello = (isBack) =>
  worker.controller?.postMessage({ hello: build, isBack, isWaiting: Boolean(document.querySelector(".waits")) });

/** Whether a thumb or the keyboard is at it: then it is repainted when they have left. */
function isTouched(place) {
  const at = document.activeElement, isTyping = at.matches("input:not([type=hidden]), textarea, select");
  const isHeld = place.querySelector(":active, .is-painted, :popover-open") ?? $("pad")?.open;
  return Boolean(isHeld) || (isTyping && place.contains(at));
}

/** Piece by piece, when there is nothing else to do, so that no tap has to wait for it. */
function repaint() {
  if (isDue) return;
  isDue = true;
  whenIdle(repaintNext, { timeout: 500 });
}

function repaintNext() {
  isDue = false;
  const [id, html] = [...later].find(([each]) => !$(each) || !isTouched($(each))) ?? [];
  if (id) {
    later.delete(id);
    if ($(id)) put(html, $(id));
    repaint();
  } else if ((isOther || hasNext) && !isBusy()) renew();
}

function put(html, place) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  for (const fold of fresh.content.querySelectorAll("details[id]")) keepFold(fold, $(fold.id));
  const swap = place.id === "status" ? "innerMorph" : "outerMorph";
  htmx.swap({ text: fresh.innerHTML, target: place, swap, sourceElement: place });
}

/** A card stays as it is folded, but opens when its turn has come. */
function keepFold(fold, shown) {
  const isTurn = (each) => Boolean(each.closest(".is-current"));
  if (shown) fold.open = shown.open || (isTurn(fold) && !isTurn(shown));
}

/** Whether a reload would lose something. */
function isBusy() {
  const isChanged = (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  return Boolean(document.querySelector("dialog[open], :popover-open, .is-painted"))
    || [...document.querySelectorAll("input:not([type=hidden]), textarea")].some(isChanged);
}

/** Page and worker are of two builds: the newer worker takes over, then the page comes anew, once. */
async function renew() {
  if (isRenewing) return;
  isRenewing = true;
  const registration = await worker.getRegistration();
  await registration.update().catch(() => {});
  isRenewing = Boolean(registration.installing);
  if (registration.waiting) registration.waiting.postMessage("take over");
  if (registration.waiting || isRenewing || sessionStorage.getItem("renewed") === build) return;
  sessionStorage.setItem("renewed", build);
  location.reload();
}

/** A worker of a newer build takes over as soon as this page has nothing to lose. */
function offered({ installing }) {
  installing?.addEventListener("statechange", () => {
    isRenewing = false;
    hasNext = installing.state === "installed" && Boolean(worker.controller);
    repaint();
  });
}

function refusal(what) {
  const text = document.createElement("span"), link = document.createElement("a");
  Object.assign(text, { className: "toast-text", textContent: `Not saved: ${what}` });
  Object.assign(link, { className: "btn quiet", href: "/unsent", textContent: "See why" });
  const toast = $("toast").cloneNode();
  toast.append(text, link);
  htmx.swap({ text: toast.outerHTML, target: $("toast"), swap: "outerMorph", sourceElement: document.body });
}

worker.addEventListener("message", ({ data }) => {
  const atWorkout = location.pathname === "/session";
  if (data.other) location.assign("/");
  if (data.say) document.dispatchEvent(new CustomEvent("say", { detail: data.say }));
  if (data.refused) refusal(data.refused);
  if (!data.build) return;
  if (data.isGone && atWorkout && !isBusy()) location.reload();
  for (const [id, html] of data.parts) later.set(id, html);
  const listed = location.pathname === "/unsent" && document.querySelectorAll(".laid, main ol li").length;
  if (listed && listed !== data.many) location.reload();
  isOther = data.build !== build;
  clearTimeout(again);
  if (data.again) again = setTimeout(hello, data.again);
  repaint();
});

worker.addEventListener("controllerchange", () => hello());
worker.ready.then((registration) => {
  registration.addEventListener("updatefound", () => offered(registration));
  hasNext = Boolean(registration.waiting);
  if (!worker.controller) registration.active.postMessage("take me"); // it came while this page loaded
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && hello(true));
for (const name of ["online", "pageshow"]) addEventListener(name, () => hello(true));
for (const name of ["pointerup", "focusout", "close", "htmx:after:swap"])
  document.addEventListener(name, () => (later.size || isOther || hasNext) && setTimeout(repaint, 50), true);
hello(true);
// What is logged here is not to be evicted before it is sent.
if (location.pathname === "/session") navigator.storage?.persist?.();
