// The first page: go on, start, repeat; the week and the last workouts: webapp/views/today.py. What
// was finished on this phone and is not known to the server counts as well.
const ROUTINES = 6; // on the page; the rest are behind a link
const LISTED = 5;

function todayView(facts, c, state) {
  const { sheet, today, recent, finished = {} } = state, mine = Object.values(finished).filter(({ told }) => !told);
  const past = [...mine.map(pastOf), ...recent].sort((a, b) => compared(b.started_at, a.started_at)).slice(0, LISTED);
  const routines = routinesSince(today.routines, mine), isFirst = !(routines.length || past.length || sheet);
  return {
    today: {
      date_text: longDate(local(c.now, c.person.offsets)),
      key: c.key(),
      start_uuid: c.key(),
      is_first_run: isFirst,
      resume: sheet ? resumeView(sheet, c) : null,
      streak: weekView(streakOf(today.streak, mine, c)),
      has_routines: routines.length > 0,
      routines: routinesView(routines, c),
      starters: (isFirst && today.starters) || [],
      last: past.length ? lastView(past[0], c) : null,
      has_recent: past.length > 0,
      recent: past.map((each) => listedView(each, c)),
    },
  };
}

/** A workout of this phone as the server lists past ones. */
const pastOf = (sheet) => ({ ...sheet, sets: worked(sheet.items).length, pbs: 0 });

/** The routines with when they were last done, on this phone too. */
function routinesSince(routines, mine) {
  return routines.map((each) => {
    const done = mine.filter((sheet) => sheet.routine_uuid === each.uuid).map((sheet) => sheet.ended_at);
    return { ...each, last_done_at: [each.last_done_at ?? "", ...done].sort().at(-1) };
  });
}

/** The routine whose turn it is: the one after the last done, among those of its program. */
function nextRoutine(routines) {
  const last = routines.reduce((top, each) => (each.last_done_at > (top?.last_done_at ?? "") ? each : top), null);
  if (!last) return routines[0];
  const circle = routines.filter((each) => each.program === last.program);
  return circle[(circle.indexOf(last) + 1) % circle.length];
}

function routinesView(routines, c) {
  const next = nextRoutine(routines), ordered = [next, ...routines.filter((each) => each !== next)];
  return ordered.filter(Boolean).slice(0, ROUTINES).map((each) => {
    const { uuid, name, sub, size, last_done_at: last } = each;
    return { uuid, name, sub, meta: `${size} · ${last ? `last ${ago(last, c)}` : "not done yet"}`, is_next: each === next };
  });
}

function resumeView(sheet, c) {
  const sets = allSets(sheet), logged = sets.filter((set) => set.completed_at).length;
  const since = duration(c.now - new Date(sheet.started_at));
  return {
    name: sheet.name,
    text: `${logged} of ${count(sets.length, "set")} · started ${since} ago`,
    done: `${logged}`,
    total: `${Math.max(sets.length, 1)}`,
  };
}

/** A workout in a list: name, day, "58 min · 8,420 kg · 17 sets", bests. */
function listedView(each, c) {
  return {
    url: `/workouts/${each.uuid}`,
    name: each.name,
    date_text: dateText(each.local_date, c),
    sub: joined(" · ", ...[lengthText(each), count(each.sets, "set")].map(together)),
    pb_text: each.pbs ? count(each.pbs, "PB") : "",
  };
}

const lengthText = ({ started_at, ended_at }) => {
  const length = ended_at ? new Date(ended_at) - new Date(started_at) : 0;
  return length ? duration(length) : "";
};

const lastView = (last, c) =>
  ({ uuid: last.uuid, name: last.name, sub: joined(" · ", dateText(last.local_date, c), lengthText(last)) });

/** Weeks in a row with training, and the days of this week: webapp/history/streaks.py, some days later. */
function streakOf({ week, before, days, ever }, mine, { person, now }) {
  const today = Date.parse(dateOf(now, person.offsets)), trained = { ...days };
  for (const each of mine) trained[each.local_date] = (trained[each.local_date] ?? 0) + 1;
  const dates = (first) => [0, 1, 2, 3, 4, 5, 6].map((n) => new Date(first + n * 864e5).toISOString().slice(0, 10));
  const amount = (first) => dates(first).reduce((sum, day) => sum + (trained[day] ?? 0), 0);
  let first = Date.parse(week), weeks = before;
  for (; first + 7 * 864e5 <= today; first += 7 * 864e5) weeks = amount(first) ? weeks + 1 : 0;
  const thisWeek = amount(first);
  return { weeks: weeks + (thisWeek ? 1 : 0), this_week: thisWeek, dates: dates(first), today, trained, ever: ever || mine.length > 0 };
}

function weekView(streak) {
  const amount = count(streak.this_week, "workout");
  return {
    text: streakText(streak),
    this_week: streak.this_week ? `${amount} this week` : "No workout yet this week",
    days: streak.dates.map((date) => {
      const name = dayName(new Date(date));
      return { label: name[0], name, is_done: date in streak.trained, is_today: Date.parse(date) === streak.today };
    }),
  };
}

/** "6 weeks in a row"; a first week has words of its own. */
function streakText({ weeks, ever }) {
  if (!weeks) return ever ? "A new streak starts with one workout" : "Your first week";
  return weeks > 1 ? `${count(weeks, "week")} in a row` : "One week, and counting";
}
