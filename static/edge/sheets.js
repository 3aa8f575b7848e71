// What slides up over a workout: a set's details, an exercise's, the picker, plates, warm-ups:
// webapp/views/flow_sheets.py.

// A plate is drawn from the biggest (1) to the smallest (8): the least kilograms of each size.
const SIZES = [22.5, 18, 13.5, 9, 4.5, 2.25, 1.125];
const OFFERED = 60;
const MUSCLE_GROUPS = "chest back shoulders biceps triceps legs core other".split(" ");
const IMPLEMENTS = {
  SelectorizedMachine: "Machine or cable",
  PlateLoadedMachine: "Plate-loaded machine",
  MedicineBall: "Medicine ball",
};

/** The details of one set. */
function setEditView({ item, set }, c) {
  const row = rowView(item, set, true, c), isLight = isWarmUp(set);
  return {
    title: item.exercise_name,
    set: { ...row, key: c.key(), has_rpe: true, rpes: rpesOf(set) },
    kinds: [choice("working", "Working", !isLight), choice("warmup", "Warm-up", isLight)],
  };
}

/** Note, rest and unit of one exercise. */
function itemEditView({ item }, c) {
  const unit = unitOf(c.person, item), name = item.exercise_name || "Rest";
  const told = {
    action: `/session/items/${item.uuid}/edit`,
    name,
    key: c.key(),
    note: item.note || "",
    rests: restChoices(item.rest_seconds),
    has_units: !!item.exercise_uuid && item.load !== "none",
    units: ["kg", "lb"].map((each) => choice(each, each, each === unit)),
    error: "",
  };
  return { title: name, item: told };
}

/** The exercises to add, or to do instead of `item`. */
function exercisePickerView({ item, q = "", muscle = "" }, c, state) {
  const swaps = item ? `/session/items/${item.uuid}/swap` : "";
  const used = usedOf(state), found = searchLibrary(state.library, used, q, muscle), all = q || muscle ? [] : found;
  const mine = state.library.find(({ uuid }) => uuid === item?.exercise_uuid), known = new Set([mine]);
  const isAlike = (each) => each.muscle_group === mine?.muscle_group && firstMuscle(each) === firstMuscle(mine);
  const group = (title, listed) =>
    ({ title, exercises: listed.filter((each) => !known.has(each) && known.add(each)).map((each) => exerciseRow(each, used)) });
  const groups = [
    group("Same muscle", all.filter(isAlike)),
    group("Recent", all.filter(({ uuid }) => used[uuid]).slice(0, RECENT)),
    group(q ? "Found" : "All exercises", found.slice(0, OFFERED)),
  ].filter(({ exercises }) => exercises[0]);
  const title = item ? `Swap ${item.exercise_name}` : "Add exercise";
  const told = {
    title,
    action: swaps || "/session/items",
    search_url: swaps || "/session/add",
    key: c.key(),
    uuid: c.key(),
    q,
    muscles: [choice("", "All", !muscle), ...MUSCLE_GROUPS.map((each) => choice(each, muscleName(each), each === muscle))],
    groups,
    is_empty: !groups.length,
    create_url: "/exercises/new",
  };
  return { title, picker: told };
}

/** What an exercise works first; its muscle group where no muscle is named. */
const firstMuscle = ({ muscles, muscle_group: group }) => muscles?.[0] ?? group;

function exerciseRow(exercise, used) {
  const { uuid, name, implement, load } = exercise, last = used[uuid];
  return {
    id: uuid,
    name,
    sub: `${muscleName(firstMuscle(exercise))} · ${IMPLEMENTS[implement] ?? implement}`,
    last: last ? numbersText(load, { ...last, seconds: last.duration_seconds }) : "",
  };
}

/** Which plates go on each side. */
function plateSheetView({ item, weight, bar }, c, state) {
  const owned = ["plates", "bars"].map((what) => ownedAt(state, what));
  const made = loaded(c.person, item, owned, weight, bar), { unit, loading: { side } } = made;
  const texts = side.map(plain);
  const told = {
    action: `/session/items/${item.uuid}/plates`,
    name: item.exercise_name,
    bars: made.bars.map(plain).map((each) => choice(each, `${each} ${unit} bar`, !compare(each, made.bar))),
    side: texts.map((text) => ({ text, size: sizeOf(text, unit) })),
    text: side.length ? `Each side: ${texts.join(" + ")} ${unit}` : "The empty bar",
    problem: problemOf(made),
  };
  return {
    title: "Plates",
    plates: told,
    fields: [field("weight", plain(made.weight), "Weight", unit, made.step)],
    set: { title: item.exercise_name, is_current: true },
  };
}

function problemOf({ weight, bar, unit, loading: { is_exact: isExact, total } }) {
  if (isExact) return "";
  if (compare(weight, bar) < 0) return `The bar alone is ${plain(total)} ${unit}`;
  return `Your plates reach ${plain(total)} ${unit}, not ${plain(weight)}`;
}

function sizeOf(plate, unit) {
  const kilograms = unit === "lb" ? plate * 0.45359237 : plate, at = SIZES.findIndex((least) => kilograms >= least);
  return `${(at < 0 ? SIZES.length : at) + 1}`;
}

/** The warm-up sets that are offered towards the working weight. */
function warmUpsView({ item }, c, state) {
  const unit = unitOf(c.person, item), ramp = rampOf(c.person, item, ownedAt(state, "bars"));
  const told = {
    action: `/session/items/${item.uuid}/warmup`,
    name: item.exercise_name,
    key: c.key(),
    uuid: c.key(),
    for_text: ramp.length
      ? `Towards ${plain(workingWeight(c.person, item))} ${unit}`
      : "Enter the weight of a working set first",
    button: ramp.length ? `Add ${count(ramp.length, "warm-up set")}` : "Back to the workout",
    rows: ramp.map(({ weight, reps, share }) =>
      ({ weight: `${plain(weight)} ${unit}`, reps: `${reps}`, share: share ? `${share} %` : "bar" })),
  };
  return { title: "Warm-up sets", warmup: told };
}
