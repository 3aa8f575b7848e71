"""A whole account that Setlog exported: looked at, then taken in piece by piece like any file."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO

from webapp.auth import Caller
from webapp.db import Row, rows
from webapp.exporting import merges
from webapp.exporting.keeping import ids_of, keep_library, uuid_of
from webapp.exporting.keeping_workouts import keep_workouts
from webapp.exporting.restoring import SHAPES, Part, rows_of
from webapp.importing.plain import LineProblem, Look, packed, problem_pieces
from webapp.importing.polite import politely
from webapp.problems import Problem, invalid

FORMAT = "account"
SETS, WORKOUTS = 150, 20  # of one piece
FIRST = 30  # problems and workouts that the page shows
MOST_PROBLEMS = 10_000
SAID = 120
NOUNS = {  # what is told beside the workouts, by its section
    "routines": "routines",
    "exercises": "exercises",
    "catalogue": "exercises",
    "locations": "locations",
    "body_weights": "body weights",
}
_STEP = 1 << 20
Known = dict[str, set[str]]  # UUIDs, or slugs, of what is there, by section

_SLUGS = "SELECT slug AS name FROM exercises WHERE user_id IS NULL AND slug IS NOT NULL"
_UUIDS = "SELECT uuid AS name FROM {} WHERE user_id = ?"


@dataclass(slots=True)
class _Looking:
    """What has been seen so far."""

    known: Known
    lines: int = 0
    counts: dict[str, Any] = field(default_factory=lambda: {**_nothing(), "examples": _examples()})
    also: dict[str, Counter[str]] = field(
        default_factory=lambda: {"new": Counter(), "there": Counter()}
    )
    problems: list[LineProblem] = field(default_factory=list)
    slugs: list[str] = field(default_factory=list)  # that the catalogue here does not have
    library: list[Any] = field(default_factory=list)
    workouts: list[Any] = field(default_factory=list)
    merges: list[Any] = field(default_factory=list)
    sets: int = 0  # of these workouts
    pieces: list[bytes] = field(default_factory=list)


def _nothing() -> dict[str, Any]:
    return {**dict.fromkeys(("new", "there", "differs", "sets"), 0), "first": None, "last": None}


def _examples() -> dict[str, Any]:
    return {"new": [], "there": [], "differs": []}


async def look_at(caller: Caller, file: BinaryIO) -> Look:
    """Read a file of `export_account`: what is new by its UUID, what is there, what is not right.

    Its report has no `names` and no `needs`, but `also`: {"new", "there"} → amounts by noun.
    Raises Problem 400 as `restoring.rows_of` does, and for more than MOST_PROBLEMS wrong rows.
    """
    looking = _Looking(await _known(caller.user_id))
    try:
        await politely(_look(looking, file))
    except Problem as problem:
        raise invalid(problem.text, file="Nothing was imported") from problem
    report = {
        "digest": await politely(_digest(file)),
        "lines": looking.lines,
        "lost": len(looking.problems),
        "left_out": 0,
        "problems": [asdict(each) for each in looking.problems[:FIRST]],
        **{"needs": [], "names": [], "choices": {}},
        "counts": looking.counts,
        "also": looking.also,
        "slugs": looking.slugs,
    }
    library = [packed(looking.library, [])] if looking.library else []
    last = [packed(looking.merges, [])] if looking.merges else []  # they name items of workouts
    wrong = problem_pieces(looking.problems, 10 * SETS)
    return Look(FORMAT, report, [*library, *looking.pieces, *last, *wrong])


async def _known(user_id: int) -> Known:
    tables = ("workouts", "routines", "exercises", "locations", "body_weights")
    known = {
        each: {str(one["name"]) for one in await rows(_UUIDS.format(each), user_id)}
        for each in tables
    }
    return {**known, "catalogue": {each["name"] for each in await rows(_SLUGS)}}


def _digest(file: BinaryIO) -> Generator[None, None, str]:
    found = hashlib.sha256()
    file.seek(0)
    while piece := file.read(_STEP):
        found.update(piece)
        yield
    return found.hexdigest()


def _look(looking: _Looking, file: BinaryIO) -> Generator[None, None, None]:
    for part in rows_of(file):
        yield
        looking.lines += 1
        if part.line is None:
            _note(looking, part)
        elif part.section == "workouts":
            _workout(looking, part)
        else:
            _other(looking, part)
    _pack(looking)


def _note(looking: _Looking, part: Part) -> None:
    text = f"Number {part.number} of “{part.section}”: {part.wrong}"
    said = json.dumps(part.said)[:SAID]  # in ASCII: there may be what is no Unicode text
    text = text[:500].encode(errors="replace").decode().replace("\x00", "")
    looking.problems.append(LineProblem(0, text, said))
    if len(looking.problems) > MOST_PROBLEMS:
        raise invalid(f"More than {MOST_PROBLEMS:,} rows of the file are not right: {text}")


def _workout(looking: _Looking, part: Part) -> None:
    line: Any = part.line
    verdict = "there" if str(line.uuid) in looking.known["workouts"] else "new"
    looking.known["workouts"].add(str(line.uuid))
    sets, counts, day = sum(len(each.sets) for each in line.items), looking.counts, line.local_date
    counts[verdict] += 1
    counts["sets"] += sets if verdict == "new" else 0
    counts["first"] = min(counts["first"] or str(day), str(day))
    counts["last"] = max(counts["last"] or str(day), str(day))
    examples = counts["examples"][verdict]
    examples.append([str(day), line.name, sets])
    del examples[:-FIRST]
    looking.workouts.append(["workouts", part.said])
    looking.sets += sets
    if len(looking.workouts) >= WORKOUTS or looking.sets >= SETS:
        _pack(looking)


def _pack(looking: _Looking) -> None:
    if looking.workouts:
        looking.pieces.append(packed(looking.workouts, []))
    looking.workouts, looking.sets = [], 0


def _other(looking: _Looking, part: Part) -> None:
    line: Any = part.line
    rows = looking.merges if part.section == "merges" else looking.library
    rows.append([part.section, line.model_dump(mode="json", exclude_unset=True)])
    if part.section == "catalogue":
        _catalogued(looking, line.slug)
    elif part.section in NOUNS:
        _count(looking, part.section, str(line.uuid), looking.known[part.section])


def _catalogued(looking: _Looking, slug: str) -> None:
    """One that the catalogue here does not have becomes the person's own."""
    if slug not in looking.known["catalogue"]:
        looking.slugs.append(slug)
        _count(looking, "catalogue", str(uuid_of(slug)), looking.known["exercises"])


def _count(looking: _Looking, section: str, name: str, known: set[str]) -> None:
    looking.also["there" if name in known else "new"][NOUNS[section]] += 1
    known.add(name)


async def store(batch: Row, report: dict[str, Any], said: list[Any]) -> dict[str, Any]:
    """Keep what is new of a piece, in the caller's transaction; what became of it, and of the
    library what undoing needs: `made` (ids by table), `before` and `after` (settings)."""
    found: dict[str, list[Any]] = defaultdict(list)
    for section, row in said:
        found[section].append(SHAPES[section].model_validate(row))
    workouts, joined, user_id = found.pop("workouts", []), found.pop("merges", []), batch["user_id"]
    outcome: dict[str, Any] = dict.fromkeys(("new", "there", "differs", "sets"), 0)
    if found:
        kept = await keep_library(user_id, found)
        outcome |= {"made": kept.ids, "before": kept.before, "after": kept.after}
    if workouts:
        ids = await ids_of(user_id, report["slugs"])
        made = await keep_workouts(user_id, workouts, ids, batch["id"])
        there = len(workouts) - made["workouts"]
        outcome |= {"new": made["workouts"], "there": there, "sets": made["sets"]}
    if joined:
        new = await merges.keep(user_id, joined, await ids_of(user_id, report["slugs"]))
        outcome |= {"made": {"exercise_merges": new}, "before": {}, "after": {}}
    return outcome


def made(outcomes: Iterable[dict[str, Any]]) -> dict[str, int]:
    """What an import made beside the workouts, by noun."""
    amounts = Counter[str]()
    for each in outcomes:
        for table, ids in each.get("made", {}).items():
            if ids and table in NOUNS:
                amounts[NOUNS[table]] += len(ids)
    return dict(amounts)
