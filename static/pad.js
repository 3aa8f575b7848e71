// Numbers without the phone's keyboard: steppers, chips, a number pad and a stopwatch.
const all = (selector) => document.querySelectorAll(selector);
const pad = document.getElementById("pad"), shown = document.getElementById("pad-value");
const inputOf = (num) => num.querySelector("input");
const isTime = (num) => num.classList.contains("is-time");

function seconds(text) {
  return String(text).split(":").reduce((sum, part) => sum * 60 + (parseFloat(part) || 0), 0);
}

function clock(total) {
  const s = Math.max(0, Math.round(total)), tail = String(s % 60).padStart(2, "0"), m = Math.floor(s / 60);
  return m < 60 ? `${m}:${tail}` : `${Math.floor(m / 60)}:${String(m % 60).padStart(2, "0")}:${tail}`;
}

const read = (num, text) => (isTime(num) ? seconds(text) : parseFloat(text) || 0);
const write = (num, value) => (isTime(num) ? clock(value) : String(Math.max(0, Math.round(value * 1000) / 1000)));
const nudged = (num, text, sign) => write(num, read(num, text) + sign * parseFloat(num.dataset.step));

/** Show what the hidden input holds, on the number and its chips. */
function show(num) {
  const { value, name, form } = inputOf(num), hit = num.querySelector(".num-hit"), bold = hit.querySelector("b");
  if (bold.textContent !== value) {
    bold.textContent = value;
    hit.setAttribute("aria-label", hit.getAttribute("aria-label").replace(/: .*/, `: ${value} ${hit.dataset.unit}`));
  }
  for (const chip of form?.querySelectorAll(`[data-put="${name}"]`) ?? [])
    chip.setAttribute("aria-pressed", String(chip.value === value));
}

function put(num, value) {
  inputOf(num).value = value;
  show(num);
}

const tell = (num) => inputOf(num).dispatchEvent(new Event("change", { bubbles: true }));

// --- steppers: press and hold repeats, faster and faster ------------------------------------
let holding;
function hold(num, sign) {
  let wait = 420;
  const again = () => {
    put(num, nudged(num, inputOf(num).value, sign));
    holding.timer = setTimeout(again, wait);
    wait = Math.max(45, wait === 420 ? 130 : wait * 0.92);
  };
  holding = { num };
  again();
}

function release() {
  if (!holding) return;
  clearTimeout(holding.timer);
  tell(holding.num);
  holding = null;
}

document.addEventListener("pointerdown", (event) => {
  const step = event.target.closest("[data-nudge]");
  if (!step || event.button) return;
  release();
  hold(step.closest(".num"), step.dataset.nudge === "-" ? -1 : 1);
});
for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, release);
document.addEventListener("contextmenu", (event) => event.target.closest("[data-nudge]") && event.preventDefault());

// --- the pad ----------------------------------------------------------------------------------
let at, text, fresh;

function open(hit) {
  at = hit.closest(".num");
  text = inputOf(at).value;
  fresh = true;
  const step = isTime(at) ? `${at.dataset.step} s` : at.dataset.step;
  document.getElementById("pad-label").textContent = [hit.dataset.label, hit.dataset.unit].filter((t) => t && t !== "reps").join(" · ");
  document.getElementById("pad-less").textContent = document.getElementById("pad-more").textContent = step;
  pad.querySelector('[data-key="."]').disabled = isTime(at) || hit.dataset.pad === "reps";
  draw();
  pad.showModal();
}

function draw() {
  shown.textContent = text || "0";
  shown.classList.toggle("is-fresh", fresh);
}

function type(key) {
  if (key === "back") text = fresh ? "" : text.slice(0, -1);
  else if (key === ".") text = fresh ? "0." : text.includes(".") ? text : `${text || 0}.`;
  else text = ((fresh ? "" : text) + key).replace(/^0+(?=\d)/, "").slice(0, 7);
  if (isTime(at)) {
    const digits = text.replace(/\D/g, "").replace(/^0+/, "").slice(-4);
    text = digits && `${digits.slice(0, -2) || 0}:${digits.slice(-2).padStart(2, "0")}`;
  }
  fresh = false;
  draw();
}

function done() {
  put(at, write(at, read(at, text)));
  pad.close();
  tell(at);
  const { form } = inputOf(at);
  if (form?.matches("[data-autosave]")) form.requestSubmit();
}

function press(key) {
  if (key === "done") done();
  else if (key === "cancel") pad.close();
  else type(key);
}

pad?.addEventListener("click", ({ target }) => {
  const key = target.closest("[data-key]"), step = target.closest("[data-pad-step]");
  if (key) press(key.dataset.key);
  if (!step) return;
  text = nudged(at, text, step.dataset.padStep === "-" ? -1 : 1);
  fresh = true;
  draw();
});

pad?.addEventListener("keydown", (event) => {
  const key = /^\d$/.test(event.key) ? event.key : { ".": ".", ",": ".", Backspace: "back" }[event.key];
  if (key && !pad.querySelector(`[data-key="${key}"]`).disabled) type(key);
  else if (event.key === "Enter" && !event.target.closest("[data-key=cancel], [data-pad-step]")) done();
  else return;
  event.preventDefault();
});

// --- stopwatch: the start is kept, so a repaint or a reload goes on counting ------------------
const nameOf = (num) => `watch ${num.closest("form").getAttribute("action")}`;

function stop(num) {
  const since = sessionStorage.getItem(nameOf(num));
  if (!since) return;
  sessionStorage.removeItem(nameOf(num));
  put(num, clock((Date.now() - since) / 1000));
  tick();
}

function tick() {
  for (const watch of all("[data-watch]")) {
    const num = watch.closest(".num"), since = sessionStorage.getItem(nameOf(num));
    if (watch.classList.toggle("is-running", Boolean(since))) put(num, clock((Date.now() - since) / 1000));
    watch.firstElementChild.className = since ? "i i-pause" : "i i-play";
  }
}

document.addEventListener("click", (event) => {
  const hit = event.target.closest("[data-pad]"), chip = event.target.closest("[data-put]");
  const nudge = event.target.closest("[data-nudge]"), watch = event.target.closest("[data-watch]");
  if (hit) open(hit);
  if (chip) put(chip.form.elements[chip.dataset.put].closest(".num"), chip.value);
  if (nudge && event.detail === 0) { // by keyboard
    const num = nudge.closest(".num");
    put(num, nudged(num, inputOf(num).value, nudge.dataset.nudge === "-" ? -1 : 1));
    tell(num);
  }
  if (!watch) return;
  const num = watch.closest(".num");
  if (sessionStorage.getItem(nameOf(num))) stop(num);
  else sessionStorage.setItem(nameOf(num), Date.now());
  tick();
});

document.addEventListener("submit", (event) => event.target.querySelectorAll(".num.is-time").forEach(stop), true);
// A repaint keeps what was chosen in the inputs, but writes the server's text on the numbers.
document.addEventListener("htmx:after:swap", () => {
  all(".num").forEach(show);
  tick();
});
all(".num").forEach(show);
tick();
setInterval(tick, 250);
