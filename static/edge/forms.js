// What may be said, checked as the server checks it, with the same words.

/** Why a value is wrong, in place of the value. */
class Wrong {
  constructor(text) {
    this.text = text;
  }
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const MOST_DIGITS = 20;
const DAY_LONG = 86_400;

const unlessBlank = (check) => (text) => text.trim() ? check(text) : null;
const saidUuid = (text) => UUID.test(text) ? text.toLowerCase() : new Wrong("Must be a UUID");

/** Why a number is not between these; nothing when it is. */
function outside(value, low, high) {
  if (compare(value, low) < 0) return new Wrong(`Must be greater than or equal to ${low}`);
  if (compare(value, high) > 0) return new Wrong(`Must be less than or equal to ${high}`);
}

const saidInteger = (low, high) => (text) => {
  if (!/^[+-]?\d+(\.0+)?$/.test(text.trim())) return new Wrong("Must be a whole number");
  return outside(text.trim(), low, high) ?? Number(text);
};

/** Seconds from "90", "1:30" or "1:02:05". */
const saidSeconds = (text) => {
  if (!text.includes(":")) return saidInteger(0, DAY_LONG)(text);
  const parts = text.trim().split(":");
  if (parts.length > 3 || !parts.every((part) => /^\d+$/.test(part))) {
    return new Wrong("Must be seconds, or minutes and seconds such as 1:30");
  }
  return saidInteger(0, DAY_LONG)(String(parts.reduce((total, part) => total * 60 + Number(part.slice(0, 9)), 0)));
};

/** Digits and power of ten of a number's text, without zeros that say nothing; null for no number. */
function scientific(text) {
  const [, sign, front, part = "", power = 0] = /^([+-]?)(\d+|(?=\.\d))\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  if (front == null) return null;
  const digits = (front + part).replace(/^0+/, ""), kept = digits.replace(/0+$/, "");
  return [sign, kept || "0", kept ? power - part.length + digits.length - kept.length : 0];
}

const saidAmount = (high) => (said) => {
  const text = said.trim().replaceAll(",", ".");
  if (/^[+-]?(nan|inf(inity)?)$/i.test(text)) return new Wrong("Must be a finite number");
  const [sign, digits, power] = scientific(text) ?? [];
  if (digits == null) return new Wrong("Must be a number");
  if (Math.max(digits.length + Math.max(power, 0), -power) > MOST_DIGITS) {
    return new Wrong(`Decimal input should have no more than ${MOST_DIGITS} digits in total`);
  }
  const ten = 10n ** BigInt(Math.max(power, 0));
  const value = shortest(BigInt(sign + digits) * ten, Math.max(-power, 0));
  return outside(value, 0, high) ?? value;
};

/** How hard it was, in halves; a floating-point number at the server, too. */
const saidEffort = (said) => {
  const [sign, digits, power] = scientific(said.trim().replaceAll(",", ".")) ?? [];
  if (digits == null) return new Wrong("Must be a number");
  const value = Number(`${sign}${digits}e${power}`);
  if (value % 0.5) return new Wrong("Must be a multiple of 0.5");
  return outside(Math.min(Math.max(value, 0), 11), 1, 10) ?? String(value);
};

const saidText = (most) => (said) => {
  const text = said.trim(), { length } = [...text];
  if (text.includes("\0")) return new Wrong("Must not contain NUL characters");
  return length > most ? new Wrong(`At most ${most} characters`) : text;
};

const saidOneOf = (...values) => (text) => {
  const names = values.map((value) => `'${value}'`), last = names.pop();
  return values.includes(text) ? text : new Wrong(`Must be ${names.join(", ")} or ${last}`);
};

const saidKind = saidOneOf("warm_up", "working", "drop", "failure");
const maybeWeightUnit = unlessBlank(saidOneOf("kg", "lb"));
const maybeSeconds = unlessBlank(saidSeconds);
const maybeNote = unlessBlank(saidText(2000));
const maybeUuid = unlessBlank(saidUuid);

// Each field: its check, then the names it may be said by.
const FORMS = {
  Nothing: {},
  Made: { uuid: [maybeUuid, "uuid"] },
  SessionStart: { uuid: [maybeUuid, "uuid"], routine: [maybeUuid, "routine"], repeat: [maybeUuid, "repeat"] },
  Chosen: { uuid: [maybeUuid, "uuid"], exercise: [saidUuid, "exercise"] },
  SetIn: {
    reps: [unlessBlank(saidInteger(0, 10_000)), "reps"],
    weight: [unlessBlank(saidAmount(10_000)), "weight"],
    weight_unit: [maybeWeightUnit, "weight_unit"],
    duration_seconds: [maybeSeconds, "duration", "duration_seconds"],
    distance: [unlessBlank(saidAmount(1_000_000)), "distance"],
    distance_unit: [unlessBlank(saidOneOf("m", "km", "mi", "yd")), "distance_unit"],
    band: [unlessBlank(saidText(50)), "band"],
    rpe: [unlessBlank(saidEffort), "rpe"],
    interval_seconds: [maybeSeconds, "interval", "interval_seconds"],
    notes: [maybeNote, "note", "notes"],
    set_type: [(text) => saidKind(text === "warmup" ? "warm_up" : text), "kind", "set_type"],
  },
  SessionItemEdit: {
    note: [maybeNote, "note", "notes"],
    rest_seconds: [maybeSeconds, "rest", "rest_seconds"],
    weight_unit: [maybeWeightUnit, "unit", "weight_unit"],
  },
  Finish: {
    rating: [unlessBlank(saidInteger(1, 5)), "rating"],
    notes: [maybeNote, "note", "notes"],
    unlogged: [saidOneOf("drop", "log"), "unlogged"],
  },
  PlatesQuery: { weight: [unlessBlank(saidAmount(10_000)), "weight"], bar: [unlessBlank(saidAmount(10_000)), "bar"] },
};

/** What a body says by our names, what is left out stays out; refused with all that is wrong. */
function checkForm(form, body) {
  const said = {}, fields = {};
  for (const [name, [check, ...names]] of Object.entries(FORMS[form])) {
    const by = names.find((each) => each in body);
    if (!by) {
      if (check === saidUuid) fields[name] = ["Field is required"];
      continue;
    }
    const value = check(body[by]);
    if (value instanceof Wrong) fields[by] = [value.text];
    else said[name] = value;
  }
  if (Object.keys(fields).length) throw refused(400, "invalid", "Some of this is not right", fields);
  return said;
}
