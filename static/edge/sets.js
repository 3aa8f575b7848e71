// More sets or fewer: add, remove, take back.

const MOST_SETS = 200;
const PLANNED = "planned_reps planned_reps_max planned_weight planned_weight_unit planned_seconds".split(" ");

/** One more planned set of the item; the same UUID again adds nothing. The [item, set] it is. */
function addSet(sheet, item, uuid) {
  const known = findSet(sheet, uuid);
  if (known) return known;
  if (item.kind === "rest" || item.sets.length >= MOST_SETS) throw conflict("There can be no more sets here");
  const last = item.sets.at(-1), like = last && !isWarmUp(last) ? pick(last, PLANNED) : {};
  const made = { uuid, position: last ? last.position + 1 : 1, set_type: "working", ...like, version: 1 };
  item.sets.push(made);
  sheet.version += 1;
  return [item, made];
}

/** The item's last set, which must not be done. */
function lastToDrop(item) {
  const last = item.sets.at(-1);
  if (!last || last.completed_at) throw conflict("The last set is logged; undo it first");
  return last;
}

/** Remove the set, done or not; it is kept, so that it can be taken back. */
function removeSet(sheet, item, each) {
  item.plan.removed_sets = [...(item.plan.removed_sets ?? []), each].slice(-MOST_SETS);
  item.sets = item.sets.filter((other) => other !== each);
  shiftSets(item, each.position + 1, -1);
  countItem(sheet, item);
}

function shiftSets(item, from, by) {
  for (const each of item.sets) if (each.position >= from) each.position += by;
}

function countItem(sheet, item) {
  item.version += 1;
  sheet.version += 1;
}

/** Take a removed set back, where it was; harmless when it is there. The [item, set] it is. */
function restoreSet(sheet, uuid) {
  const item = sheet.items.find(({ plan }) => plan.removed_sets?.some((each) => each.uuid === uuid));
  if (item) takeBack(sheet, item, uuid);
  else sheet.version += 1;
  const found = findSet(sheet, uuid);
  if (!found) throw notFound("Set");
  return found;
}

function takeBack(sheet, item, uuid) {
  const kept = item.plan.removed_sets.find((each) => each.uuid === uuid);
  assign(item.plan, { removed_sets: unlessEmpty(item.plan.removed_sets.filter((each) => each !== kept)) });
  shiftSets(item, kept.position, 1);
  item.sets.push({ ...kept, version: kept.version + 1 });
  item.sets.sort(byPosition);
  countItem(sheet, item);
}
