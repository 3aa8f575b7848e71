// The workout in progress as its templates read it: webapp/views/flow.py.

/** What GET /session shows. */
const sessionView = ({ sheet }, c) => ({ session: headOf(sheet, c), ...allOf(sheet, c) });

/** The card that was tapped, the others that look different, rest and progress. */
function loggedView({ sheet, item, others, stays = true, toast }, c) {
  return {
    card: cardView(sheet, item, c, stays || !isDone(item)),
    changed_cards: others.map((other) => cardView(sheet, other, c, false)),
    rest: restView(sheet, c),
    progress: progressView(sheet),
    toast: toastView(toast, c),
  };
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
function restView(sheet, c) {
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
    key: c.key(),
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
