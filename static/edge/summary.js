// Before and after a workout ends: webapp/views/finish.py and summary.py.

/** What is not logged yet, how it felt, a note. */
function finishView({ sheet, error = "" }, c) {
  const left = sheet.items.flatMap((item) => item.sets.filter((set) => !set.completed_at).map((set) => shownOf(item, set, c.person)));
  const many = left.length, known = left.filter(isKnown).length, without = many === 1 ? "without it" : "without them";
  const { date_text, rating_text, ...said } = totalsOf(sheet, c);
  return {
    finish: {
      ...said,
      key: c.key(),
      has_unlogged: many > 0,
      unlogged_text: `${count(many, "set")} ${many === 1 ? "is" : "are"} not logged`,
      unlogged: sheet.items.map((item) => left.filter((shown) => shown.item === item)).filter((each) => each.length)
        .map((each) => ({ name: each[0].item.exercise_name, text: leftText(each) })),
      drop_text: `Finish ${without}`,
      stop_text: "Finish and mark as stopped early",
      can_log: known > 0,
      log_text: `Log ${allOfThem(known, many)} and finish`,
      finish_text: "Finish workout",
      ratings: RATINGS.map((label, place) => choice(`${place + 1}`, label, place + 1 === sheet.rating)),
      error,
    },
  };
}

/** "Set 3 · 80 kg × 5", "3 sets · 80 kg × 5", "3 sets" where their numbers differ. */
function leftText(sets) {
  const [{ item, set }] = sets, texts = new Set(sets.map(shownText));
  return joined(" · ", sets[1] ? count(sets.length, "set") : titleOf(set, numberOf(item, set)), texts.size === 1 && [...texts][0]);
}

/** Enough is offered to log the set by. */
function isKnown({ item: { measure }, known }) {
  if (measure === "reps") return known.reps != null;
  return known.seconds != null || (measure === "distance" && !!known.distance);
}

const allOfThem = (known, many) => (known < many ? `${known} of ${many}` : [, "it", "both"][many] ?? `all ${many}`);

/** What a workout came to and what was beaten. */
function summaryView({ sheet, pbs = [] }, c, state) {
  const muscles = musclesOf(sheet, state.library), exercises = sheet.items.filter((item) => done(item).length);
  const mine = Object.values(state.finished ?? {});
  return {
    summary: {
      ...totalsOf(sheet, c),
      url: `/workouts/${sheet.uuid}`,
      pbs: pbs.map(({ exercise, kind, value, beats }) => ({ exercise, kind, value, beats })),
      has_pbs: pbs.length > 0,
      muscles: muscles.map(([name, sets]) =>
        ({ name: muscleName(name), sets: `${sets}`, share: `${whole((100 * sets) / muscles[0][1])}` })),
      has_muscles: muscles.length > 0,
      exercises: exercises.map(exerciseView),
      has_exercises: exercises.length > 0,
      streak_text: streakText(streakOf(state.today.streak, mine, c)),
    },
  };
}

/** Muscles with how many sets worked them, the most first. */
function musclesOf(sheet, library) {
  const primary = Object.fromEntries(library.map(({ uuid, muscles }) => [uuid, muscles])), amounts = {};
  for (const [item] of worked(sheet.items)) {
    const named = primary[item.exercise_uuid] ?? [];
    for (const muscle of named.length ? named : [item.muscle_group]) amounts[muscle] = (amounts[muscle] ?? 0) + 1;
  }
  return Object.entries(amounts).sort((a, b) => b[1] - a[1] || compared(a[0], b[0]));
}

function exerciseView(item) {
  const best = bestSet(item), said = best ? setText(item, best) : "";
  const sets = worked([item]).length || done(item).length;
  return { name: item.exercise_name, text: joined(" · best ", count(sets, "set"), said) };
}
