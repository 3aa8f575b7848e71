// Numbers, times and names as people read them: webapp/views/text.py, and the person's clock.
const DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
const MONTHS = "January February March April May June July August September October November December".split(" ");

/** A moment (ms or ISO) on the person's clock: a Date whose UTC fields are what the clock shows. */
function local(when, offsets) {
  const at = +new Date(when), [, ahead] = offsets.findLast(([from]) => from * 60000 <= at) ?? offsets[0];
  return new Date(at + ahead * 60000);
}

/** The person's date, "2025-11-21". */
const dateOf = (when, offsets) => local(when, offsets).toISOString().slice(0, 10);

/** "17:31" of a Date that `local` made. */
const timeOf = (day) => day.toISOString().slice(11, 16);

const dayName = (day) => DAYS[(day.getUTCDay() + 6) % 7];

const monthName = (day) => MONTHS[day.getUTCMonth()];

/** "Fri 21 Nov". */
const shortDate = (day) => `${dayName(day).slice(0, 3)} ${day.getUTCDate()} ${monthName(day).slice(0, 3)}`;

/** "Friday 21 November". */
const longDate = (day) => `${dayName(day)} ${day.getUTCDate()} ${monthName(day)}`;

/** "1:30", "1:02:05", "" for none. */
function clock(seconds) {
  if (seconds == null) return "";
  const whole = Math.trunc(seconds), two = (n) => String(Math.floor(n)).padStart(2, "0");
  const rest = two(whole % 60), minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

/** "1 h 4 min", "58 min", "< 1 min" of milliseconds. */
function duration(length) {
  const all = Math.floor(length / 60000), hours = Math.floor(all / 60), minutes = all % 60;
  if (hours) return minutes ? `${hours} h ${minutes} min` : `${hours} h`;
  return minutes ? `${minutes} min` : "< 1 min";
}

/** "1 set", "3 sets". */
const count = (amount, one) => `${amount} ${one}${amount === 1 ? "" : "s"}`;

/** "Front delts" of "front_delts". */
const capital = (said) => said.slice(0, 1).toUpperCase() + said.slice(1).toLowerCase();

const muscleName = (muscle) => capital(muscle.replaceAll("_", " "));

/** The parts that say something, joined. */
const joined = (mark, ...parts) => parts.filter(Boolean).join(mark);

/** A text that is not broken over two lines. */
const together = (said) => said.replaceAll(" ", "\u00a0");

/** A UUIDv7 (RFC 9562) as text. */
function uuid7(now) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 5, ms = now; i >= 0; i--, ms = Math.floor(ms / 256)) bytes[i] = ms % 256;
  bytes[6] = (bytes[6] & 15) | 112;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
