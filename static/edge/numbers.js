// The numbers of a set as fields to step, chips to tap and short texts: webapp/views/numbers.py.
const BANDS = "yellow red green blue black".split(" ");
const RPES = ["6", "7", "7.5", "8", "8.5", "9", "9.5", "10"];
const MOST_CHIPS = 6;
const USUAL_REPS = [5, 6, 8, 10, 12];
const WEIGHTS = { external: "Weight", bodyweight: "Added weight", assisted: "Assistance" };

/** The set as it stands for this person: as entered, or as it is offered. */
const shownOf = (item, set, person) =>
  ({ item, set, known: numbers(item, set, unitOf(person, item), distanceUnitOf(person, item)) });

/** "82.5 kg × 8", "8 reps", "" when nothing is known. */
function shownText({ item, set, known }) {
  const { load, measure } = item, byReps = measure === "reps";
  return withReps(numbersText(load, {
    ...known,
    weight: load === "none" ? null : known.weight,
    seconds: byReps && known.reps != null ? null : known.seconds,
    reps: byReps ? known.reps : null,
    distance: measure === "distance" ? known.distance : null,
    band: hasBands(item, set) ? known.band : null,
  }));
}

/** The fields of a set in the order they are shown; chips only where asked for. */
function fieldsOf(shown, hasChips) {
  const { measure, load } = shown.item, found = load === "none" ? [] : [weightField(shown)];
  const sep = found.length ? "×" : "";
  if (measure === "reps") {
    const chips = hasChips ? chipsOf(shown) : [];
    found.push({ ...field("reps", `${shown.known.reps ?? ""}`, "Reps", "reps", "", sep), chips, has_chips: chips.length > 0 });
  }
  if (measure === "distance") found.push(distanceField(shown, sep));
  if (measure === "duration" || (measure === "distance" && load === "none")) {
    found.push(timeField(shown, measure === "distance" ? "in" : sep));
  }
  return found;
}

/** One number of a set, to be stepped by `step`. */
const field = (name, value, label, unit, step, sep = "") =>
  ({ name, label, value, unit, step, sep, prefix: "", is_time: false, chips: [], has_chips: false });

function weightField({ item, known }) {
  const unit = known.weight_unit || "kg", value = known.weight ?? (item.load === "bodyweight" ? "0" : "");
  return { ...field("weight", value, WEIGHTS[item.load], unit, stepOf(item, unit)), prefix: SIGNS[item.load] || "" };
}

function distanceField({ known }, sep) {
  const unit = known.distance_unit || "km";
  return field("distance", known.distance || "", "Distance", unit, ["km", "mi"].includes(unit) ? "0.1" : "5", sep);
}

function timeField({ item, known }, sep) {
  const step = item.kind === "cardio" ? "30" : item.measure === "duration" ? "5" : "15";
  return { ...field("duration", clock(known.seconds), "Time", "", step, sep), is_time: true };
}

/** Reps around the target: the planned range, or two less to two more; the usual ones while nothing is known. */
function chipsOf({ set, known: { reps } }) {
  const low = set.planned_reps, high = set.planned_reps_max, least = Math.max(1, (reps || 1) - 2);
  const range = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
  let around = reps == null ? USUAL_REPS : range(least, least + 4);
  if (low != null && high != null && high > low && high - low < MOST_CHIPS) around = range(low, high);
  return around.map((each) => ({ value: `${each}`, is_on: each === reps }));
}

/** A band is chosen by its colour. */
const hasBands = (item, set) => item.implement === "Band" || !!set.band;

/** The bands to choose from; one of another name that was used is among them. */
function bandsOf({ item, set, known: { band } }) {
  if (!hasBands(item, set)) return [];
  const names = band == null || BANDS.includes(band) ? BANDS : [...BANDS, band];
  return names.map((name) => choice(name, capital(name), name === band));
}

/** How hard it was, to choose from. */
const rpesOf = ({ rpe }) => (rpe == null || RPES.includes(rpe) ? RPES : [rpe, ...RPES])
  .map((value) => ({ value, is_on: value === rpe }));

/** "80 × 8": last time's numbers, with a unit only where it is another one than now. */
function lastText({ item, set, known }) {
  const past = lastOf(item, set);
  if (!past) return "";
  const said = numbersText(item.load, { ...past, seconds: past.duration_seconds });
  return past.weight_unit === known.weight_unit ? said.replace(` ${past.weight_unit}`, "") : said;
}
