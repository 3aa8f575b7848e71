"""A routine to train by, and short ways to say what a person does in the gym."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from quart import Response

from tests.support.world import Person
from webapp.ids import uuid7
from webapp.models import Exercise, Routine, RoutineItem, Workout, WorkoutItem, WorkoutSet
from webapp.models.fields import grams

JSON = {"Accept": "application/json"}


async def exercise(slug: str) -> Exercise:
    """One of the catalogue's."""
    return await Exercise.get(slug=slug)


async def routine(person: Person, *items: dict[str, Any], name: str = "Day A") -> Routine:
    """A routine of these items: {"slug": of the catalogue, ...columns}, {"kind": "rest", ...}."""
    made = await Routine.create(user=person.user, name=name)
    for position, item in enumerate(items):
        found = await exercise(item.pop("slug")) if "slug" in item else None
        await RoutineItem.create(
            user=person.user,
            routine=made,
            position=position,
            exercise=found,
            exercise_name=found.name if found else "",
            **item,
        )
    return made


async def classic(person: Person) -> Routine:
    """Squat 3 x 5 at 80 kg, bench press 3 x 8-10 at 60 kg, plank 2 x 60 s."""
    return await routine(
        person,
        {"slug": "squat-barbell", "sets": 3, "reps_min": 5, "reps_max": 5, "weight": "80",
         "weight_unit": "kg", "rest_seconds": 180},
        {"slug": "bench-press-barbell", "sets": 3, "reps_min": 8, "reps_max": 10, "weight": "60",
         "weight_unit": "kg", "rest_seconds": 120, "note": "Feet planted"},
        {"slug": "plank", "sets": 2, "duration_seconds": 60, "rest_seconds": 0},
    )  # fmt: skip


async def did(
    person: Person, slug: str, *sets: tuple[str | None, int], days_ago: int = 7, **more: Any
) -> Workout:
    """A finished workout of one exercise with these sets (weight in kg, reps)."""
    then, found = datetime.now(UTC) - timedelta(days=days_ago), await exercise(slug)
    workout = await Workout.create(
        user=person.user, name="Earlier", status="finished", started_at=then,
        ended_at=then + timedelta(hours=1), local_date=then.date(),
    )  # fmt: skip
    item = await WorkoutItem.create(
        user=person.user, workout=workout, position=1, exercise=found,
        exercise_name=found.name, measure=found.measure, load=found.load,
        implement=found.implement, muscle_group=found.muscle_group,
    )  # fmt: skip
    for position, (weight, reps) in enumerate(sets, 1):
        await WorkoutSet.create(
            user=person.user, workout=workout, item=item, exercise=found, position=position,
            weight=weight, weight_unit="kg" if weight else None, weight_grams=grams(weight, "kg"),
            reps=reps, completed_at=then + timedelta(minutes=position), **more,
        )  # fmt: skip
    return workout


async def start(person: Person, routine: Routine | None = None, **form: Any) -> Response:
    """Tap a routine (or "Empty workout")."""
    said = {"routine": str(routine.uuid)} if routine else {}
    return await person.page("POST", "/session/start", {"uuid": str(uuid7()), **said, **form})


async def seen(person: Person) -> dict[str, Any]:
    """The workout in progress, as JSON."""
    answer = await person.json("GET", "/session", **JSON)
    assert answer.status_code == 200, await answer.get_data(as_text=True)
    return await answer.get_json()


async def sets(person: Person, item: int = 0) -> list[dict[str, Any]]:
    """The sets of the n-th exercise of the workout in progress."""
    found: list[dict[str, Any]] = (await seen(person))["exercises"][item]["sets"]
    return found


async def item(person: Person, number: int = 0) -> str:
    """UUID of the n-th exercise of the workout in progress."""
    return str((await seen(person))["exercises"][number]["id"])


async def tap(person: Person, uuid: str, **form: Any) -> Response:
    """Tap a set's Log button."""
    return await person.htmx("POST", f"/session/sets/{uuid}/log", form)


async def text(answer: Response) -> str:
    return await answer.get_data(as_text=True)


def nowhere() -> UUID:
    """A UUID that nothing has."""
    return uuid7()
