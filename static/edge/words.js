// A set, a workout and a choice in words: webapp/views/plans.py and history.py, as the gym flow needs them.
const RESTS = [0, 30, 45, 60, 90, 120, 150, 180, 240, 300];
const SIGNS = { bodyweight: "+", assisted: "−" };
const RATINGS = "Awful Hard OK Good Great".split(" ");

/** One chip, option or radio of a form. */
const choice = (value, label, isOn) => ({ value, label, is_on: isOn });

/** The chips to choose a rest from, without "as usual". */
function restChoices(chosen) {
  const seconds = [...new Set([...RESTS, ...(chosen == null ? [] : [chosen])])].sort((a, b) => a - b);
  return seconds.map((each) => choice(`${each}`, each ? clock(each) : "Off", each === chosen));
}

/** A set in one line: "60 kg × 8", "+5 kg × 6", "1:30", "2 km in 8:41", "Red × 15". */
function numbersText(load, { weight, weight_unit, reps, seconds, distance, distance_unit, band }) {
  const far = distance ? `${plain(distance)} ${distance_unit || "m"}` : "";
  const long = seconds ? clock(seconds) : "";
  const lifted = joined(" × ", capital(band || ""), heavyText(load, weight, weight_unit), reps == null ? "" : `${reps}`);
  return joined(" · ", lifted, joined(" in ", far, long));
}

function heavyText(load, weight, unit) {
  if (weight == null || (load !== "external" && !Number(weight))) return "";
  return `${SIGNS[load] || ""}${plain(weight)} ${unit || "kg"}`;
}

/** A line that is a bare number counts reps. */
const withReps = (said) => (/^\d+$/.test(said) ? `${said} reps` : said);

/** "82.5 kg × 8", "+5 kg × 6", "1:30", "2 km in 8:41" of a set that was done. */
function setText(item, set) {
  const said = withReps(numbersText(item.load, { ...set, seconds: set.duration_seconds }));
  return said + (set.forced_reps ? ` + ${set.forced_reps} forced` : "");
}

/** "today", "yesterday", "4 days ago", then the date; "" for never. */
function ago(when, { person: { offsets }, now }) {
  if (!when) return "";
  const days = (new Date(dateOf(now, offsets)) - new Date(dateOf(when, offsets))) / 864e5;
  if (days >= 14) return shortDate(local(when, offsets));
  return { 0: "today", 1: "yesterday" }[days] ?? `${days} days ago`;
}

/** " 2024" when the day is of another year than now. */
function yearText(day, { person, now }) {
  const year = day.getUTCFullYear();
  return year === local(now, person.offsets).getUTCFullYear() ? "" : ` ${year}`;
}

/** "Wed 19 Nov", with the year when it is not this one. */
function dateText(date, c) {
  const day = new Date(date);
  return shortDate(day) + yearText(day, c);
}

/** "Friday 21 November, 17:31 to 18:35", with the year when it is not this one. */
function whenText(sheet, c) {
  const start = local(sheet.started_at, c.person.offsets);
  const end = sheet.ended_at ? ` to ${timeOf(local(sheet.ended_at, c.person.offsets))}` : "";
  return `${longDate(start)}${yearText(start, c)}, ${together(timeOf(start) + end)}`;
}

/** A volume as a whole number of the unit: "8,420". */
const weightText = (total, unit) => `${Math.floor(total / GRAMS[unit] + 0.5)}`.replace(/\B(?=(\d{3})+$)/g, ",");

/** The sets done, without the warm-ups, each with its item. */
const worked = (items) => items.flatMap((item) => done(item).filter((set) => !isWarmUp(set)).map((set) => [item, set]));

/** Grams lifted: weight times reps of the sets done; no warm-ups, and no assistance. */
const volume = (items) => worked(items).filter(([item]) => item.load !== "assisted")
  .reduce((sum, [, set]) => sum + (grams(set.weight, set.weight_unit) || 0) * (set.reps || 0), 0);

/** The set of the item that says most: by e1RM, else weight, reps, distance, time. */
function bestSet(item) {
  const all = done(item), working = all.filter((set) => !isWarmUp(set));
  return (working.length ? working : all).reduce((best, set) => (best && !saysMore(item, set, best) ? best : set), null);
}

function saysMore(item, set, other) {
  const mine = rankOf(item, set), its = rankOf(item, other), at = mine.findIndex((n, place) => n !== its[place]);
  return at >= 0 && mine[at] > its[at];
}

function rankOf({ load }, set) {
  const heavy = grams(set.weight, set.weight_unit) || 0, reps = set.reps || 0;
  const once = load !== "external" || reps < 1 ? 0 : reps === 1 ? heavy : Math.floor((heavy * (30 + Math.min(reps, 12))) / 30);
  return [once, load === "assisted" ? -heavy : heavy, reps, millimetres(set.distance, set.distance_unit) || 0, Number(set.duration_seconds || 0)];
}

/** What the head of a workout says: when, how long, how much, how it felt. */
function totalsOf(sheet, c) {
  const unit = c.person.weight_unit;
  return {
    name: sheet.name,
    date_text: whenText(sheet, c),
    duration_text: duration(new Date(sheet.ended_at ?? c.now) - new Date(sheet.started_at)),
    sets_text: `${worked(sheet.items).length}`,
    volume_text: weightText(volume(sheet.items), unit),
    unit,
    rating_text: RATINGS[sheet.rating - 1] ?? "",
    note: sheet.notes || "",
  };
}
