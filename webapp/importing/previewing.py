"""What an import would do, before anything is written: names, what is new, what is there."""

from collections.abc import AsyncIterator, Generator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from webapp.auth import Caller
from webapp.importing import batches, exercises
from webapp.importing.content import Content, Present, Units, day_of, of_imported
from webapp.importing.creating import Done
from webapp.importing.names import Library, is_likely
from webapp.importing.plain import ImportedWorkout, LineProblem, Reading
from webapp.importing.polite import politely
from webapp.importing.present import look

FIRST = 30  # workouts and problems that the page shows
NEW, SKIP = "new", "skip"  # choices for a name, beside the UUID of an exercise
HERE = 0  # the id of the import that is not there yet


async def report_of(caller: Caller, reading: Reading, before: dict[str, Any]) -> dict[str, Any]:
    """The report of a fresh reading: see `names_of` for its `names`, `counted` for its `counts`.

    `needs` are the units that the file does not say; `choices` what is decided, at first as it was
    `before`, or as the account has it.
    """
    library = await exercises.library(caller.user_id)
    names = await politely(names_of(reading.workouts, library))
    report: dict[str, Any] = {
        "lines": reading.lines,
        "lost": sum(each.is_lost for each in reading.problems),
        "left_out": sum(not each.is_lost for each in reading.problems),
        "problems": [asdict(each) for each in _first(reading.problems)],
        "needs": await politely(_needs(reading.workouts)),
        "names": names,
        "choices": {
            "weight_unit": before.get("weight_unit", caller.weight_unit),
            "distance_unit": before.get("distance_unit", caller.distance_unit),
            "differing": False,
        },
    }

    async def pieces() -> AsyncIterator[Sequence[ImportedWorkout]]:
        yield reading.workouts

    return report | {"counts": await counted(caller, report, pieces(), HERE)}


def _first(problems: Sequence[LineProblem]) -> list[LineProblem]:
    return sorted(problems, key=lambda each: not each.is_lost)[:FIRST]


def _needs(workouts: Sequence[ImportedWorkout]) -> Generator[None, None, list[str]]:
    found = set()
    for workout in workouts:
        for each in workout.sets:
            found |= {"weight_unit"} if each.weight and not each.weight_unit else set()
            found |= {"distance_unit"} if each.distance and not each.distance_unit else set()
        yield
    return sorted(found, reverse=True)


def names_of(
    workouts: Sequence[ImportedWorkout], library: Library
) -> Generator[None, None, list[dict[str, Any]]]:
    """Every exercise name of a file, the unknown and then the most done first: {"name",
    "category", "done" (creating.Done), "last" (day), "to": UUID of an exercise or NEW or SKIP,
    "exercise": its name, "by": "name", "guess" or "", "offers": [[UUID, name, score], ...]}."""
    found: dict[str, dict[str, Any]] = {}
    for workout in workouts:
        for item in workout.items:
            known = found.setdefault(item.name, {"name": item.name, "category": item.category})
            _count(known.setdefault("done", Done()), item)
            known["facts"] = known.get("facts") or item.facts
            known["last"] = workout.started.date().isoformat()
        yield
    for known in found.values():
        known |= {"done": asdict(known["done"]), **_matched(known["name"], library)}
        yield
    return sorted(found.values(), key=lambda each: (each["by"] == "name", -each["done"]["sets"]))


def _count(done: Done, item: Any) -> None:
    done.sets += len(item.sets)
    for each in item.sets:
        done.has_reps |= each.reps is not None
        done.has_time |= each.seconds is not None
        done.has_distance |= each.distance is not None
        done.has_weight |= each.weight is not None


def _matched(name: str, library: Library) -> dict[str, Any]:
    exercise = library.match(name)
    if exercise is not None:
        return {"to": exercise.uuid, "exercise": exercise.name, "by": "name", "offers": []}
    offers = library.suggest(name)
    told = [[each.exercise.uuid, each.exercise.name, each.score] for each in offers]
    if offers and is_likely(name, offers[0]):
        best = offers[0].exercise
        return {"to": best.uuid, "exercise": best.name, "by": "guess", "offers": told}
    return {"to": NEW, "exercise": "", "by": "", "offers": told}


def units_of(caller: Caller, report: dict[str, Any]) -> Units:
    """What the person says of what the file does not."""
    said = report["choices"]
    return Units(said["weight_unit"], said["distance_unit"], ZoneInfo(caller.timezone))


async def ids_of(user_id: int, report: dict[str, Any]) -> dict[str, int | None]:
    """What each name means: an id, None for a new exercise; what is left out is absent."""
    known = {each.uuid: each.id for each in (await exercises.library(user_id)).exercises}
    return {each["name"]: known.get(each["to"]) for each in report["names"] if each["to"] != SKIP}


async def counted(
    caller: Caller,
    report: dict[str, Any],
    pieces: AsyncIterator[Sequence[ImportedWorkout]],
    batch_id: int,
) -> dict[str, Any]:
    """What is new, there already, and there with other sets: {"new", "there", "differs", "sets"
    (of the new), "first", "last" (days), "examples": {verdict: [[day, name, sets], ...]}}."""
    units, meant = units_of(caller, report), await ids_of(caller.user_id, report)
    counts: dict[str, Any] = dict.fromkeys(("new", "there", "differs", "sets"), 0)
    counts |= {"first": None, "last": None}
    counts["examples"] = {verdict: [] for verdict in ("new", "there", "differs")}
    seen = Present()
    async for workouts in pieces:
        days = {day_of(each, units.zone) for each in workouts}
        await look(seen, caller.user_id, days)
        await politely(_judged(workouts, meant, units, batch_id, seen, counts))
    return counts


def _judged(
    workouts: Sequence[ImportedWorkout],
    meant: dict[str, int | None],
    units: Units,
    batch_id: int,
    seen: Present,
    counts: dict[str, Any],
) -> Generator[None, None, None]:
    for workout in workouts:
        content = of_imported(workout, meant, units, batch_id)
        if content.sets:
            verdict = seen.judge(content)
            counts[verdict] += 1
            counts["sets"] += len(content.sets) if verdict == "new" else 0
            _span(counts, content.day)
            _example(counts["examples"][verdict], workout, content)
            if verdict == "new":
                seen.add(content)
        yield


def _span(counts: dict[str, Any], day: date) -> None:
    said = day.isoformat()
    counts["first"] = min(counts["first"] or said, said)
    counts["last"] = max(counts["last"] or said, said)


def _example(examples: list[Any], workout: ImportedWorkout, content: Content) -> None:
    """The newest few are told; they come last."""
    examples.append([content.day.isoformat(), workout.name, len(content.sets)])
    del examples[:-FIRST]


async def pieces_of(batch: batches.Batch) -> AsyncIterator[Sequence[ImportedWorkout]]:
    """The workouts of an import, piece by piece."""
    for number in range(1, batch.parts + 1):
        workouts, _ = await batches.part(batch, number)
        yield workouts


async def recount(caller: Caller, batch: batches.Batch) -> None:
    """Count again after the person has decided otherwise."""
    counts = await counted(caller, batch.report, pieces_of(batch), batch.id)
    batch.report["counts"] = counts
