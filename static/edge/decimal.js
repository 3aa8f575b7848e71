// Exact decimals, kept as text ("82.5"): what is typed on the phone is what the server stores.

const GRAMS = { kg: "1000", lb: "453.59237" };
const MILLIMETRES = { m: "1000", km: "1000000", mi: "1609344", yd: "914.4" };

/** [digits, places]: the number is digits / 10^places. */
function exact(amount) {
  const [whole, part = ""] = String(amount).split(".");
  return [BigInt(whole + part), part.length];
}

/** The shortest exact text: no trailing zeros ("82.5", "100"). */
function shortest(digits, places) {
  const text = String(digits < 0n ? -digits : digits).padStart(places + 1, "0");
  const whole = text.slice(0, text.length - places), part = text.slice(text.length - places).replace(/0+$/, "");
  return (digits < 0n ? "-" : "") + whole + (part && `.${part}`);
}

const plain = (amount) => shortest(...exact(amount));

/** Both as digits of the same number of places. */
function aligned(a, b) {
  const [one, two] = [exact(a), exact(b)], places = Math.max(one[1], two[1]);
  return [...[one, two].map(([digits, had]) => digits * 10n ** BigInt(places - had)), places];
}

/** -1, 0 or 1. */
function compare(a, b) {
  const [one, two] = aligned(a, b);
  return one < two ? -1 : Number(one > two);
}

function plus(a, b) {
  const [one, two, places] = aligned(a, b);
  return shortest(one + two, places);
}

function minus(a, b) {
  const [one, two, places] = aligned(a, b);
  return shortest(one - two, places);
}

function times(a, b) {
  const [one, two] = [exact(a), exact(b)];
  return shortest(one[0] * two[0], one[1] + two[1]);
}

/** a / b, rounded half up (away from zero) to a multiple of `step`. */
function quotient(a, b, step) {
  const [over, under] = aligned(a, times(b, step)), size = over < 0n ? -over : over;
  const steps = (2n * size + under) / (2n * under);
  return times(over < 0n ? -steps : steps, step);
}

const rounded = (amount, places) => quotient(amount, "1", places ? `0.${"1".padStart(places, "0")}` : "1");

/** The whole number next to it, halves to the even one. */
function whole(amount) {
  const [digits, places] = exact(amount), unit = 10n ** BigInt(places);
  const floor = digits / unit, twice = 2n * (digits % unit);
  return Number(floor + BigInt(twice > unit || (twice === unit && floor % 2n === 1n)));
}

/** The integer a weight is compared by; null for no weight. */
const grams = (weight, unit) => weight == null ? null : whole(times(weight, GRAMS[unit ?? "kg"]));

/** The integer a distance is compared by; null for no distance. */
const millimetres = (distance, unit) => distance == null ? null : whole(times(distance, MILLIMETRES[unit ?? "m"]));
