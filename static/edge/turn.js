// Whose turn it is in a workout, and how long to rest before it.

/** The item of the next set: where the person is, round by round in a superset, then onwards. */
function turn(sheet) {
  const left = sheet.items.filter((item) => item.kind !== "rest" && item.sets.length && !isDone(item));
  const here = lastLogged(sheet);
  if (!here || !left.length) return left[0];
  const round = group(sheet, here).filter((item) => left.includes(item));
  const first = (a, b) => done(a).length - done(b).length || a.position - b.position;
  return round.sort(first)[0] ?? left.find((item) => item.position > here.position) ?? left[0];
}

/** The first set of the item that is not done yet. */
const nextSet = (item) => item?.sets.find((each) => !each.completed_at);

/** The superset that the item stands in, in order; the item alone when it is in none. */
function group(sheet, item) {
  return item.superset == null ? [item] : sheet.items.filter((other) => other.superset === item.superset);
}

/** Seconds to rest after a set of this item: 0 within a superset's round and after the last set. */
function restAfter(sheet, item) {
  const following = turn(sheet), members = group(sheet, item);
  if (!following) return 0;
  const isRound = following !== item && members.includes(following);
  if (isRound && done(following).length < done(item).length) return 0;
  return Math.max(...members.map((member) => member.rest_seconds ?? 0));
}

function lastLogged(sheet) {
  let last;
  for (const item of sheet.items) {
    const at = lastDone(item.sets);
    if (at && (!last || at > last.at || (at === last.at && item.position > last.item.position))) last = { at, item };
  }
  return last?.item;
}
