// The rest timer counts to a stored end, so a reload, another tab and a killed app agree.
const RANG = "rang", GONE = 15;
let sound;

const clock = (s) => `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;

function beep() {
  if (sound?.state !== "running") return;
  for (const at of [0, 0.25, 0.5]) {
    const tone = sound.createOscillator(), gain = sound.createGain(), start = sound.currentTime + at;
    tone.frequency.value = 880;
    gain.gain.setValueAtTime(0.25, start);
    gain.gain.exponentialRampToValueAtTime(0.001, start + 0.2);
    tone.connect(gain).connect(sound.destination);
    tone.start(start);
    tone.stop(start + 0.2);
  }
}

function ring(end) {
  if (sessionStorage.getItem(RANG) === end || Date.now() - end > 5000) return;
  sessionStorage.setItem(RANG, end);
  beep();
  if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.([200, 100, 200]);
}

function count(rest) {
  const { endsAt } = rest.dataset, left = Math.ceil((endsAt - Date.now()) / 1000);
  const time = rest.querySelector("[data-rest-time]"), text = left > 0 ? clock(left) : "Go";
  if (time.textContent !== text) time.textContent = text;
  rest.querySelector("progress").value = Math.max(0, left);
  rest.classList.toggle("is-over", left <= 0);
  if (left <= 0) ring(endsAt);
  if (left < -GONE) rest.classList.remove("is-on");
}

function tick() {
  const rest = document.getElementById("rest"), since = document.querySelector("[data-since]");
  if (rest?.matches(".is-on:not(.is-paused)") && rest.dataset.endsAt) count(rest);
  if (!since) return;
  const s = Math.max(0, Math.floor((Date.now() - since.dataset.since) / 1000)), h = Math.floor(s / 3600);
  const text = h ? `${h}:${clock(s % 3600).padStart(5, "0")}` : clock(s);
  if (since.textContent !== text) since.textContent = text;
}

// Browsers allow sound only after a gesture: the first tap of the workout opens it, when it is painted.
document.addEventListener("click", () => {
  if (sound?.state !== "running") setTimeout(openSound, 200);
}, { passive: true });

function openSound() {
  const Audio = window.AudioContext ?? window.webkitAudioContext;
  sound ??= Audio && new Audio();
  if (sound?.state === "suspended") sound.resume();
}

let lock;
async function stayAwake() {
  if (document.visibilityState !== "visible" || (lock && !lock.released)) return;
  lock = await navigator.wakeLock?.request("screen").catch(() => null);
}

document.addEventListener("visibilitychange", () => { stayAwake(); tick(); });
document.addEventListener("htmx:after:swap", tick);
tick();
setInterval(tick, 250);
setTimeout(stayAwake);
