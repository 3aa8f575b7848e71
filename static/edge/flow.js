// The workout in progress as its templates read it: webapp/views/flow.py.

/** What GET /session shows. */
const sessionView = ({ sheet }, c) => ({ session: headOf(sheet, c), ...allOf(sheet, c), rest: restView(sheet, c, shortKey(c)) });

/** What a tap on a set changed: webapp/views/changes.py. */
function loggedView({ sheet, item, set, was, others, stays = true, toast }, c) {
  const isOpened = stays || !isDone(item), mine = headView(sheet, item, isOpened);
  const old = was && set && isWarmUp(was) === isWarmUp(set) && { ...item, sets: item.sets.map((each) => (each === set ? was : each)) };
  const isTurned = old && (others.length > 0 || isDone(old) !== isDone(item)), isNew = (look) => old && look(old) !== look(item);
  return {
    cards: old ? [] : [cardView(sheet, item, c, isOpened)],
    turned: [...(isTurned ? [mine] : []), ...others.map((other) => tagView(sheet, other))],
    heads: old ? [mine] : [],
    feet: isNew((at) => isChanged(sheet, at)) || isNew((at) => hasWarmUp(at, c)) ? [footView(sheet, item, c)] : [],
    rows: old ? rowsChanged(item, set, old, c) : [],
    rest: restView(sheet, c),
    progress: progressView(sheet),
    toast: toastView(toast, c),
  };
}

/** The set itself, the one that is next and was, those that are offered other numbers, and those
 * that may have won or lost a badge. */
function rowsChanged(item, set, old, c) {
  const next = nextSet(item), nexts = [next, nextSet(old)].map((each) => each?.uuid), hasBest = (each) => each.uuid in c.bests;
  const offer = (at, each) => JSON.stringify(shownOf(at, each, c.person).known);
  const isOther = (each) => each === set || (nexts[0] !== nexts[1] && nexts.every(Boolean) && nexts.includes(each.uuid))
    || (each.completed_at ? hasBest(set) || hasBest(each) : offer(old, each) !== offer(item, each));
  return item.sets.filter(isOther).map((each) => rowView(item, each, each === next, c));
}

/** All cards, rest and progress, after items changed. */
const cardsChangedView = ({ sheet, opened, toast }, c) => ({ ...allOf(sheet, c, opened), toast: toastView(toast, c) });

/** The rest timer alone. */
const restTimerView = ({ sheet }, c) => ({ rest: restView(sheet, c) });

const allOf = (sheet, c, opened) =>
  ({ cards: cardsView(sheet, c, opened), rest: restView(sheet, c), progress: progressView(sheet) });

function headOf({ name, started_at }, c) {
  const started = Date.parse(started_at);
  return {
    name,
    started_at: `${started}`,
    elapsed_text: clock(Math.max((c.now - started) / 1000, 0)),
    key: c.key(),
  };
}

const toastView = (toast, c) => (toast ? { undo_action: "", ...toast, key: c.key() } : null);

/** The rest timer: when it ends, how much is left, what comes next. */
function restView(sheet, c, key = "") {
  const isOn = restIsOn(sheet, c.now), isPaused = restIsPaused(sheet);
  const left = restLeft(sheet, c.now), ends = isOn && sheet.rest_ends_at;
  return {
    rev: `${sheet.version}`,
    is_on: isOn,
    is_paused: isOn && isPaused,
    ends_at: ends && !isPaused ? `${Date.parse(ends)}` : "",
    total: `${restTotal(sheet) || 1}`,
    left: `${left}`,
    left_text: clock(left),
    ends_text: ends ? timeOf(local(ends, c.person.offsets)) : "",
    next_text: isOn ? comesNext(sheet, c) : "",
    key,
  };
}

function comesNext(sheet, c) {
  const item = turn(sheet), set = nextSet(item);
  if (!set) return "";
  const number = numberOf(item, set), name = number === 1 && item.exercise_name;
  return joined(" · ", name, titleOf(set, number), shownText(shownOf(item, set, c.person)));
}

/** How many of the sets are done, and the exercise whose turn it is. */
function progressView(sheet) {
  const sets = allSets(sheet), logged = sets.filter((set) => set.completed_at).length, item = turn(sheet);
  return {
    rev: `${sheet.version}`,
    done: `${logged}`,
    total: `${sets.length || 1}`,
    text: `${logged} of ${count(sets.length, "set")}`,
    now: item ? item.exercise_name || "Rest" : "",
  };
}
