// Putting routines, and the items of a routine, into another order: by dragging the grip with a
// finger, a pen or a mouse, and with the arrow keys while the grip has the focus.
const EDGE = 72, PER_FRAME = 9; // near the edge of the screen the page scrolls along, in pixels

let drag = null;

const lineOf = (target) => target.closest?.("[data-line]");
const linesOf = (line) => [...line.parentElement.querySelectorAll(":scope > [data-line]")];

/** Say the order that is on the page now; the hidden fields of the lines are the form's. */
function send() {
  document.getElementById("order").requestSubmit();
}

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (!grip || !event.isPrimary || event.button !== 0) return;
  const line = lineOf(grip), lines = linesOf(line);
  event.preventDefault();
  grip.focus({ preventScroll: true });
  grip.setPointerCapture(event.pointerId);
  const tops = lines.map((each) => each.offsetTop), at = lines.indexOf(line);
  drag = { grip, line, lines, tops, at, to: at, height: line.offsetHeight, y: event.clientY, from: event.clientY, scrolled: scrollY };
  line.classList.add("is-dragged");
  line.parentElement.classList.add("is-sorting");
  requestAnimationFrame(follow);
});

document.addEventListener("pointermove", (event) => {
  if (drag) drag.y = event.clientY;
});

/** Once a frame: the line is under the finger, the others make room. */
function follow() {
  if (!drag) return;
  if (drag.y < EDGE) scrollBy(0, -PER_FRAME);
  else if (drag.y > innerHeight - EDGE) scrollBy(0, PER_FRAME);
  const { line, lines, tops, at, height } = drag;
  const first = tops[0] - tops[at], last = tops[lines.length - 1] + lines[lines.length - 1].offsetHeight - height - tops[at];
  const by = Math.max(first, Math.min(last, drag.y - drag.from + scrollY - drag.scrolled));
  const top = tops[at] + by, middle = top + height / 2;
  drag.to = lines.filter((each, n) => n !== at && tops[n] + each.offsetHeight / 2 < (n < at ? top : middle + height / 2)).length;
  lines.forEach((each, n) => {
    const shift = n > at && n <= drag.to ? -height : n < at && n >= drag.to ? height : 0;
    each.style.transform = each === line ? `translateY(${by}px)` : shift ? `translateY(${shift}px)` : "";
  });
  requestAnimationFrame(follow);
}

function drop(event) {
  if (!drag) return;
  const { line, lines, at, to } = drag;
  drag = null;
  line.classList.remove("is-dragged");
  line.parentElement.classList.remove("is-sorting");
  lines.forEach((each) => each.style.transform = "");
  if (event.type === "pointerup" && to !== at) place(line, to);
}
document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);

function place(line, to) {
  const others = linesOf(line).filter((each) => each !== line);
  if (to < others.length) others[to].before(line);
  else others[others.length - 1].after(line);
  send();
}

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest("[data-grip]");
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!grip || !by) return;
  event.preventDefault();
  const line = lineOf(grip), lines = linesOf(line), to = lines.indexOf(line) + by;
  if (to < 0 || to >= lines.length) return;
  place(line, to);
  grip.focus();
});
