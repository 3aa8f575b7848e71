// The rest timer of a workout: two stored moments, so that every device counts to the same end.
// It is paused while `rest_left_seconds` is there; `rest_ends_at` then only tells how long it was.

const REST_STEP = 15;
const LONGEST_REST = 3600;
const SHOWN_AFTER = 15_000; // milliseconds
const NO_REST = [];

const moment = (ms) => new Date(ms).toISOString();
const later = (at, seconds) => moment(Date.parse(at) + seconds * 1000);

/** Write the timer (started, ends, seconds left when paused) and count the change. */
function setRest(sheet, [started, ends, left]) {
  assign(sheet, { rest_started_at: started, rest_ends_at: ends, rest_left_seconds: left });
  sheet.version += 1;
}

/** A rest of so many seconds from then on; none for 0. */
function begun(seconds, at) {
  const length = Math.min(seconds, LONGEST_REST);
  return length > 0 ? [at, later(at, length)] : NO_REST;
}

const restIsPaused = (sheet) => sheet.rest_left_seconds != null;

/** A rest that is running, paused, or over for some seconds only; `now` in milliseconds. */
function restIsOn(sheet, now) {
  if (!sheet.rest_ends_at) return false;
  return restIsPaused(sheet) || now < Date.parse(sheet.rest_ends_at) + SHOWN_AFTER;
}

/** Seconds left, rounded up; 0 when over. */
function restLeft(sheet, now) {
  if (restIsPaused(sheet)) return sheet.rest_left_seconds;
  return sheet.rest_ends_at ? Math.max(0, Math.ceil((Date.parse(sheet.rest_ends_at) - now) / 1000)) : 0;
}

/** Seconds the rest is long. */
function restTotal(sheet) {
  if (!sheet.rest_ends_at || !sheet.rest_started_at) return 0;
  const length = Date.parse(sheet.rest_ends_at) - Date.parse(sheet.rest_started_at);
  return Math.max(1, whole(Math.max(0, length) / 1000));
}

const restAsItIs = (sheet) => [sheet.rest_started_at, sheet.rest_ends_at, sheet.rest_left_seconds];

/** The timer standing still; none when it was over. */
function paused(sheet, at) {
  const seconds = restLeft(sheet, Date.parse(at));
  return seconds ? [sheet.rest_started_at, sheet.rest_ends_at, seconds] : NO_REST;
}

/** The timer running on from where it stood. */
function resumed(sheet, at) {
  if (!restIsPaused(sheet)) return restAsItIs(sheet);
  const ends = later(at, sheet.rest_left_seconds);
  return [later(ends, -restTotal(sheet)), ends];
}

/** The timer so many seconds longer (or shorter); none when nothing is left of it. */
function shifted(sheet, by, at) {
  const seconds = Math.min(restLeft(sheet, Date.parse(at)) + by, LONGEST_REST);
  if (!sheet.rest_ends_at || seconds <= 0) return NO_REST;
  const started = sheet.rest_started_at ?? at;
  return restIsPaused(sheet) ? [started, later(sheet.rest_ends_at, by), seconds] : [started, later(at, seconds)];
}
