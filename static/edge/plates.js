// Which plates make a weight: the nearest a person's own plates and bar can come to it.

const BARS = { kg: ["20", "15", "10"], lb: ["45", "35", "15"] };
const PLATES = {
  kg: [["25", 8], ["20", 8], ["15", 4], ["10", 4], ["5", 4], ["2.5", 4], ["1.25", 4]],
  lb: [["45", 12], ["35", 4], ["25", 4], ["10", 4], ["5", 4], ["2.5", 4]],
};
const MOST_PAIRS = 20;
const MOST_SIDE = 1_000_000; // hundredths: 10,000 kg a side is beyond every bar

const isPlausible = (weight) => compare(weight, "0") > 0 && compare(weight, "1000") < 0;

/** "plates" or "bars" where the workout is, unit by unit; else the account's. */
const ownedAt = (state, what) => ({ ...state[what], ...state.places?.[state.sheet?.location_name]?.[what] });

/** The bars of this unit a person owns ({"kg": ["20", "15"]}), else the usual ones. */
function barsOf(owned, unit) {
  const mine = (owned?.[unit] ?? []).map(plain).filter(isPlausible);
  return mine.length ? mine : BARS[unit];
}

/** The plates of this unit as [weight, pairs], the heaviest first; {"kg": {"25": 4}} counts singly. */
function stockOf(owned, unit) {
  const listed = owned?.[unit] ?? [], mine = paired(Array.isArray(listed) ? listed : Object.entries(listed));
  return mine.length ? mine : paired(PLATES[unit]);
}

function paired(plates) {
  const pairs = plates.map(([weight, count]) => [plain(weight), Math.min(Math.floor(count / 2), MOST_PAIRS)]);
  return pairs.filter(([weight, many]) => isPlausible(weight) && many > 0).sort(([a], [b]) => compare(b, a));
}

/**
 * The loading nearest to `weight` (of two as near the lighter), with the fewest plates: {side,
 * total, is_exact}. Greedy is not enough when pairs are limited.
 */
function loadBar(weight, bar, stock) {
  const wanted = Math.max(hundredths(minus(weight, bar)), 0);
  const reached = sums(stock.map(([each, pairs]) => [hundredths(times(each, "2")), pairs]));
  const nearer = (a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b;
  const made = [...reached.keys()].reduce((best, each) => (nearer(each, best) < 0 ? each : best));
  const side = reached.get(made).map((n) => stock[n][0]);
  const total = side.reduce((sum, each) => plus(sum, times(each, "2")), bar);
  return { side, total, is_exact: !compare(total, weight) };
}

function hundredths(weight) {
  const [digits, places] = exact(weight);
  return Math.min(Number((digits * 100n) / 10n ** BigInt(places)), MOST_SIDE);
}

/** Every weight the plates can make, by the fewest plates, of these by the heaviest first. */
function sums(plates) {
  const made = new Map([[0, []]]);
  plates.forEach(([weight, pairs], number) => {
    for (const [from, used] of [...made]) {
      for (let count = 1; count <= pairs; count++) {
        const total = from + weight * count, using = [...used, ...Array(count).fill(number)];
        if (!made.has(total) || isSooner(using, made.get(total))) made.set(total, using);
      }
    }
  });
  return made;
}

function isSooner(a, b) {
  if (a.length !== b.length) return a.length < b.length;
  const n = a.findIndex((each, at) => each !== b[at]);
  return n >= 0 && a[n] < b[n];
}
