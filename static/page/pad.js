// Numbers without the phone's keyboard: steppers, chips, a number pad and a stopwatch.
const all = (selector) => document.querySelectorAll(selector);
const pad = document.getElementById("pad"), shown = document.getElementById("pad-value");
const inputOf = (num) => num.querySelector("input");
const stepOf = (num) => parseFloat(num.dataset.step || 1);
const isTime = (num) => inputOf(num).name === "duration";

function seconds(text) {
  return String(text).split(":").reduce((sum, part) => sum * 60 + (parseFloat(part) || 0), 0);
}

function clock(total) {
  const s = Math.max(0, Math.round(total)), tail = String(s % 60).padStart(2, "0"), m = Math.floor(s / 60);
  return m < 60 ? `${m}:${tail}` : `${Math.floor(m / 60)}:${String(m % 60).padStart(2, "0")}:${tail}`;
}

const read = (num, text) => (isTime(num) ? seconds(text) : parseFloat(text) || 0);
const write = (num, value) => (isTime(num) ? clock(value) : String(Math.max(0, Math.round(value * 1000) / 1000)));
const nudged = (num, text, sign) => write(num, read(num, text) + sign * stepOf(num));

/** The chip of what the input holds is pressed. */
function show(num) {
  const { value, name, form } = inputOf(num);
  for (const chip of form?.querySelectorAll(`[data-put="${name}"] button`) ?? [])
    chip.setAttribute("aria-pressed", String(chip.textContent === value));
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

function open(num) {
  at = num;
  text = inputOf(at).value;
  fresh = true;
  const { name, ariaLabel } = inputOf(at), { unit } = at.dataset, step = stepOf(at), [label] = ariaLabel.split(",");
  document.getElementById("pad-label").textContent = unit && unit !== name ? `${label} · ${unit}` : label;
  document.getElementById("pad-less").textContent = document.getElementById("pad-more").textContent = isTime(at) ? `${step} s` : step;
  pad.querySelector('[data-key="."]').disabled = isTime(at) || name === "reps";
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
  const { target } = event, chip = target.closest("[data-put] button");
  const nudge = target.closest("[data-nudge]"), watch = target.closest("[data-watch]"), num = target.closest(".num");
  if (num && !target.closest("button")) open(num);
  if (chip) put(chip.form.elements[chip.parentElement.dataset.put].closest(".num"), chip.textContent);
  if (nudge && event.detail === 0) { // by keyboard
    put(num, nudged(num, inputOf(num).value, nudge.dataset.nudge === "-" ? -1 : 1));
    tell(num);
  }
  if (!watch) return;
  if (sessionStorage.getItem(nameOf(num))) stop(num);
  else sessionStorage.setItem(nameOf(num), Date.now());
  tick();
});

// A thumb opens the pad and never the phone's keyboard; a real keyboard types in place.
const typed = (target) => target.closest?.(".num:has(> input)");
document.addEventListener("mousedown", (event) => typed(event.target) && !event.target.closest("button") && event.preventDefault());
document.addEventListener("focusin", ({ target }) => { if (typed(target) && target.matches("input")) target.inputMode = "none"; });
document.addEventListener("change", ({ target }) => {
  if (!typed(target)) return;
  show(target.closest(".num"));
  if (target.closest("li.set.is-done")) target.form.requestSubmit(); // what is done is saved as it is changed
});

document.addEventListener("submit", (event) => event.target.querySelectorAll(".num:has([data-watch])").forEach(stop), true);
// A repaint keeps what was chosen in the inputs, but presses the server's chips.
const showAll = () => all("[data-put]").forEach((chips) => show(chips.closest("form").elements[chips.dataset.put].closest(".num")));
document.addEventListener("htmx:after:swap", () => {
  showAll();
  tick();
});
showAll();
tick();
setInterval(tick, 250);
