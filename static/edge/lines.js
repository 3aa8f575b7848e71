// What a workout is made of: the sheet, its items, their sets. What is not known is left out.

/** Write these onto a row; null takes a field away, as the server leaves it out. */
function assign(row, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value == null) delete row[name];
    else row[name] = value;
  }
  return row;
}

/** These fields of a row, those it has. */
function pick(row, names) {
  return assign({}, Object.fromEntries(names.map((name) => [name, row[name]])));
}

const unlessEmpty = (list) => list.length ? list : null;

/** The n-th UUID that one operation makes of its own one. */
function child(uuid, n) {
  const last = (parseInt(uuid.slice(24), 16) + n) % 2 ** 48;
  return uuid.slice(0, 24) + last.toString(16).padStart(12, "0");
}

const isWarmUp = (each) => each.set_type === "warm_up";
const done = (item) => item.sets.filter((each) => each.completed_at);

/** Nothing is left to log (a rest: it was taken). */
function isDone(item) {
  if (item.kind === "rest") return item.status === "finished" || item.status === "stopped";
  return item.sets.length > 0 && item.sets.every((each) => each.completed_at);
}

const allSets = (sheet) => sheet.items.flatMap((item) => item.sets);
const findItem = (sheet, uuid) => sheet.items.find((item) => item.uuid === uuid);

/** [item, set] of that UUID, or undefined. */
function findSet(sheet, uuid) {
  const item = sheet.items.find(({ sets }) => sets.some((each) => each.uuid === uuid));
  return item && [item, item.sets.find((each) => each.uuid === uuid)];
}

/** The moment of the last set that was done, or undefined. */
function lastDone(sets) {
  return sets.map((each) => each.completed_at).filter(Boolean).sort().at(-1);
}

/** A refusal in the server's words: HTTP status, code, text for a person, {field: [texts]}. */
function refused(status, code, text, fields) {
  return Object.assign(new Error(text), { status, code, text, fields });
}

const notFound = (noun) => refused(404, "not_found", `${noun} not found`);
const conflict = (text) => refused(409, "conflict", text);
