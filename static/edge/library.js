// Finding exercises in the phone's copy of the library: webapp/models/library.py.
const SEARCHED = 6; // a seventh word of a search is not looked at
const RECENT = 8;
const SHORT = { bb: "barbell", db: "dumbbell", kb: "kettlebell" };

/** A text as names are compared: without case, accents and needless spaces. */
const fold = (said) => said.normalize("NFKD").toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ")
  .replace(/\p{M}/gu, "").trim().replace(/\s+/g, " ");

/** The folded words of a search: "Push-Ups (DB)" is push, up, dumbbell. */
function wordsOf(said) {
  const parts = fold(said).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return parts.map((word) => (/^..+[^s]s$/.test(word) ? word.slice(0, -1) : word)).map((word) => SHORT[word] ?? word);
}

/** How well a name or an alias is the text: 0 is it, 5 has its words somewhere. */
function fitOf({ search, name }, phrase) {
  if (!phrase) return 0;
  const fits = [
    search.startsWith(` ${phrase} |`),
    search.includes(`| ${phrase} |`),
    search.startsWith(` ${phrase}`),
    search.includes(`| ${phrase}`),
    fold(name).includes(phrase),
    true,
  ];
  return fits.indexOf(true);
}

/** What a person can choose from, in the server's order. The library comes own ones first, by name. */
function searchLibrary(library, used, q, muscle) {
  const wanted = wordsOf(q).slice(0, SEARCHED), phrase = wanted.join(" ");
  const fits = ({ search, called = [], off, muscle_group: group }) => !off && (!muscle || group === muscle)
    && [search, ...called].some((names) => wanted.every((word) => names.includes(` ${word}`)));
  const found = library.filter(fits).map((each) => ({ each, rank: fitOf(each, phrase), at: used[each.uuid]?.at ?? "" }));
  found.sort((a, b) => a.rank - b.rank || compared(b.at, a.at) ||
    !!b.each.own - !!a.each.own || (phrase && (b.each.known ?? 0) - (a.each.known ?? 0)));
  return found.map(({ each }) => each);
}

const compared = (a, b) => (a < b ? -1 : Number(a > b));

/** When each exercise was last done, and with what: as the server knows it, and done on this phone since. */
function usedOf({ used, sheet, finished = {} }) {
  const known = { ...used };
  const items = [...Object.values(finished), sheet].flatMap((each) => each?.items ?? []);
  for (const item of items.filter(({ exercise_uuid: uuid }) => uuid)) {
    const at = lastDone(item.sets), working = done(item).filter((set) => !isWarmUp(set));
    const last = working.sort((a, b) => compared(a.completed_at, b.completed_at)).at(-1);
    const before = known[item.exercise_uuid];
    if (at && !(before?.at > at)) known[item.exercise_uuid] = { ...(last ?? before), at };
  }
  return known;
}
