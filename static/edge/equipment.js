// What an exercise is done with: units, steps, the bar, and the ramp towards its weight.

const RAMP = [[50, 5], [70, 3], [85, 2]];
const BAR_REPS = 10;
// A ramp of one, two or three sets, when a plan asks for that many.
const SHORTER = { 1: [[60, 5]], 2: [[50, 5], [75, 3]], 3: RAMP };

/** The unit of the scale this exercise is done with. */
const unitOf = (person, item) => item.weight_unit ?? person.weight_unit;

/** Carries are measured in steps of a hall, journeys in the person's unit. */
function distanceUnitOf(person, item) {
  if (item.load === "none") return person.distance_unit;
  return person.distance_unit === "mi" ? "yd" : "m";
}

/** One tap of the weight's stepper, in this unit. */
function stepOf(item, unit) {
  const step = item.increment ?? item[`exercise_increment_${unit}`] ?? "0";
  return compare(step, "0") > 0 ? plain(step) : unit === "lb" ? "5" : "2.5";
}

/** The bar of a barbell lift: the one chosen for it, else the person's first; else null. */
function barOf(item, unit, bars) {
  if (item.implement !== "Barbell") return null;
  return item.bar_weight ? plain(item.bar_weight) : barsOf(bars, unit)[0];
}

/** The heaviest weight offered or done in the working sets, in the exercise's unit, or null. */
function workingWeight(person, item) {
  const unit = unitOf(person, item), units = [unit, distanceUnitOf(person, item)];
  const known = item.sets.filter((each) => !isWarmUp(each)).map((each) => numbers(item, each, ...units));
  const weights = known.filter(({ weight, weight_unit: its }) => weight && its === unit).map(({ weight }) => weight);
  return weights.reduce((top, each) => (top != null && compare(each, top) <= 0 ? top : each), null);
}

/** The warm-up sets towards the working weight, [{weight, reps, share}]; none while it is unknown. */
function rampOf(person, item, bars) {
  const unit = unitOf(person, item), weight = workingWeight(person, item);
  if (!weight || item.load !== "external") return [];
  return ramp(weight, stepOf(item, unit), barOf(item, unit, bars));
}

/** The empty bar (if there is one), then 50, 70 and 85 %, each lighter than the next one. */
function ramp(weight, step, bar) {
  const start = bar && compare(bar, weight) < 0 ? [{ weight: bar, reps: BAR_REPS, share: 0 }] : [];
  return rising([...start, ...shares(weight, RAMP, step, bar)], weight);
}

/** At most `count` warm-up sets towards `weight`, for a plan that says how many. */
function few(count, weight, step, bar) {
  const made = SHORTER[count] ? rising(shares(weight, SHORTER[count], step, bar), weight) : ramp(weight, step, bar);
  return made.slice(0, count);
}

function shares(weight, wanted, step, bar) {
  const base = bar ?? "0";
  return wanted.map(([share, reps]) => {
    const above = quotient(minus(times(weight, share / 100), base), "1", step);
    return { weight: compare(above, "0") > 0 ? plus(base, above) : base, reps, share };
  });
}

function rising(sets, weight) {
  const kept = [{ weight: "0" }];
  for (const each of sets) {
    if (compare(each.weight, weight) < 0 && compare(each.weight, kept.at(-1).weight) > 0) kept.push(each);
  }
  return kept.slice(1);
}

/** What to put on the bar for a weight (null: of the next set), from the [plates, bars] owned. */
function loaded(person, item, [plates, owned], weight, bar) {
  const unit = unitOf(person, item), known = barsOf(owned, unit);
  const chosen = [bar, barOf(item, unit, owned)].find((each) => each && compare(each, "0")) ?? known[0];
  const wanted = weight ?? (nextWeight(person, item, unit) || chosen);
  const bars = known.some((each) => !compare(each, chosen)) ? known : [...known, chosen];
  const loading = loadBar(wanted, chosen, stockOf(plates, unit));
  return { weight: wanted, unit, step: stepOf(item, unit), bar: chosen, bars, loading };
}

function nextWeight(person, item, unit) {
  const each = nextSet(item);
  const weight = each ? numbers(item, each, unit, distanceUnitOf(person, item)).weight : workingWeight(person, item);
  return weight && compare(weight, "0") ? weight : null;
}
