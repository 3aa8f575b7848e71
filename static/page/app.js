// What every page needs: request identity, optimistic paint, refusals, sheets and the toast.
const root = document.documentElement;
const $ = (id) => document.getElementById(id);
const build = document.querySelector("meta[name=build]").content;
root.classList.add("js");

/** A UUIDv7 (RFC 9562) as text. */
function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 5, ms = Date.now(); i >= 0; i--, ms = Math.floor(ms / 256)) bytes[i] = ms % 256;
  bytes[6] = (bytes[6] & 15) | 112;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

/** Now as ISO 8601 with the phone's offset, "2025-11-21T18:40:12.345+01:00". */
function tappedAt() {
  const now = new Date(), off = -now.getTimezoneOffset(), two = (n) => String(Math.floor(n)).padStart(2, "0");
  const local = new Date(+now + off * 60000).toISOString().slice(0, -1);
  return `${local}${off < 0 ? "-" : "+"}${two(Math.abs(off) / 60)}:${two(Math.abs(off) % 60)}`;
}

// A tap keeps its identity until it is answered, so that trying again cannot count twice.
const unanswered = new Map();
const painting = new Map();

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const { request } = ctx, { body } = request;
  if (request.method === "GET") return;
  body.delete("key");
  const made = body.has("uuid");
  body.delete("uuid");
  const print = `${request.method} ${request.action} ${new URLSearchParams(body)}`;
  const tap = unanswered.get(print) ?? { key: uuid7(), uuid: uuid7(), at: tappedAt() };
  if (made) body.set("uuid", tap.uuid);
  request.headers["Idempotency-Key"] = tap.key;
  request.headers["Setlog-Tapped-At"] = tap.at;
  request.headers["Setlog-Build"] = build;
  Object.assign(ctx, { tap, print, row: ctx.sourceElement.closest(".set")?.id });
});

function keep({ print, tap }) {
  if (print) unanswered.set(print, tap);
}

// --- the row is painted before anything else is done ---------------------------------------
// A click, not the submit that follows it: the form need not be gone through first.
document.addEventListener("click", (event) => {
  const button = event.target.closest(".log-btn, .done-btn"), row = button?.closest(".set[id]");
  if (!row || row.closest("[hx-ignore]")) return;
  event.preventDefault();
  if (painting.has(row.id)) return; // a second tap on the same set says nothing new
  painting.set(row.id, button.matches(".log-btn") ? ["is-painted"] : ["is-painted", "is-undo"]);
  row.classList.add(...painting.get(row.id));
  afterPaint(() => sendOn(button.form, button, row.id));
}, true);

document.addEventListener("submit", ({ target }) => target.closest("[popover]")?.hidePopover?.(), true);

let afterwards = [];
const goOn = () => { for (const act of afterwards.splice(0)) act(); };
addEventListener("pagehide", goOn);

/** Do it when the next frame is on the screen; at once when the page goes. */
function afterPaint(act) {
  afterwards.push(act);
  requestAnimationFrame(() => setTimeout(goOn));
  setTimeout(goOn, 300); // a page that is not seen has no frames
}

/** What was tapped, on to htmx; without it, as a plain form. */
function sendOn(form, submitter, row) {
  if (!form.isConnected) return unpaint({ row });
  const tap = new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter });
  if (form.dispatchEvent(tap)) form.requestSubmit(submitter);
}

function paint() {
  for (const [id, names] of painting) $(id)?.classList.add(...names);
}

function unpaint({ row }) {
  if (!row) return;
  painting.delete(row);
  $(row)?.classList.remove("is-painted", "is-undo");
}

// --- answers --------------------------------------------------------------------------------
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail, { raw, status } = ctx.response;
  if (raw.redirected && ctx.request.method !== "GET") {
    event.preventDefault(); // signed out, or the workout ended elsewhere: a page, not a fragment
    location.assign(raw.url);
    return;
  }
  if (status >= 500 || [408, 425, 429].includes(status)) keep(ctx);
  else unanswered.delete(ctx.print);
  if (status >= 400) return unpaint(ctx);
  painting.delete(ctx.row);
  if (ctx.request.method !== "GET") say("");
  if (ctx.sourceElement.closest("[data-close]")) $("sheet")?.close();
});

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  if (ctx.response.status >= 500) say("Not saved: the server had a problem. Tap again.");
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (!ctx) return;
  keep(ctx);
  unpaint(ctx);
  say(ctx.request.method === "GET" ? "No connection." : "Not saved: no connection. Tap again.");
});

document.addEventListener("say", ({ detail }) => say(detail)); // what the worker has to say

function say(text) {
  const place = $("sheet")?.open ? $("sheet-err") : $("err");
  place.replaceChildren();
  if (!text) return;
  const box = document.createElement("div");
  box.className = "notice error";
  box.textContent = text;
  place.append(box);
}

// Two quick taps may be answered out of order: never paint an older state over a newer one. The
// pieces of an answer are of one revision, which some of them name.
const revisions = new Map();
document.addEventListener("htmx:before:swap", ({ detail: { tasks } }) => {
  const all = (task, what) => [...task.fragment.querySelectorAll(what)];
  const rev = Math.max(0, ...tasks.flatMap((task) => all(task, "[data-rev]")).map((each) => each.dataset.rev));
  for (let i = rev && tasks.length; i--;) {
    const ids = all(tasks[i], "[id]").map((each) => each.id);
    if (ids.some((id) => revisions.get(id) > rev)) tasks.splice(i, 1);
    else for (const id of ids) revisions.set(id, rev);
  }
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.row && !painting.has(ctx.row)) $(ctx.row)?.classList.remove("is-painted", "is-undo");
  paint();
  showToast();
  if (ctx.row) nextIntoView($(ctx.row));
  const added = ctx.tap && $(`item-${ctx.tap.uuid}`);
  if (added) reveal(added.querySelector(".set.is-current") ?? added, added);
  if (ctx.response?.status >= 400) return;
  const body = $("sheet-body");
  if (body && ctx.target === body && ctx.request?.method === "GET") {
    $("sheet-err").replaceChildren();
    if (!$("sheet").open) $("sheet").showModal();
    $("sheet").scrollTop = 0;
  }
});

/** The card from its name on where there is room, so that it says what is lifted; else the set. */
function reveal(set, card) {
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
  const style = getComputedStyle(document.documentElement), above = parseFloat(style.scrollPaddingTop);
  const room = innerHeight - above - parseFloat(style.scrollPaddingBottom), { top } = card.getBoundingClientRect();
  const isCut = top < above && set.getBoundingClientRect().bottom - top <= room;
  (isCut ? card : set).scrollIntoView({ block: isCut ? "start" : "nearest", behavior });
}

function nextIntoView(tapped) {
  const next = document.querySelector(".ex.is-current .ex-fold[open] .set.is-current:not(.is-painted)"), at = document.activeElement;
  if (next) reveal(next, next.closest(".ex"));
  // The tapped button means something else now, or is gone: a keyboard goes on from the next one.
  const isLeft = at === document.body || (at.matches("button") && tapped?.contains(at));
  if (tapped && isLeft) next?.querySelector(".log-btn").focus({ preventScroll: true });
}

// --- sheets, menus, toast -----------------------------------------------------------------
document.addEventListener("click", ({ target }) => {
  if (target.matches("dialog")) target.close();
  const from = target.dataset.copy && $(target.dataset.copy);
  if (from) {
    from.select(); // where the clipboard is not to be had, as on plain http, the text is marked
    navigator.clipboard?.writeText(from.value).then(() => target.textContent = "Copied", () => {});
  }
  if (target.closest("[popover] a")) target.closest("[popover]").hidePopover?.();
});

let toastTimer;
function showToast() {
  const toast = $("toast");
  clearTimeout(toastTimer);
  if (!toast.childElementCount) return;
  toastTimer = setTimeout(() => toast.matches(":hover, :focus-within") ? showToast() : toast.replaceChildren(), 8000);
}
showToast();
nextIntoView();

// A page from the back-forward cache shows the past: the workout may have gone on elsewhere.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

// When there is nothing else to do, so that neither the page nor the first tap waits for what makes it an app.
const whenIdle = self.requestIdleCallback ?? setTimeout;
addEventListener("load", () => whenIdle(() => {
  document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: "/manifest.json" }));
  navigator.serviceWorker?.register("/worker.js").catch(() => {});
  navigator.serviceWorker?.ready.then(() => import("./waiting.js"));
}, { timeout: 1000 }));
