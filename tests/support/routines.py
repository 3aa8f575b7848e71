"""A client of the document `routines`: what it sends, and the shapes it expects."""

from typing import Any

from tests.support.world import Person
from webapp.models import Exercise

API = "/api/v1"
SET_KEYS = (
    *("id", "sessionId", "exerciseId", "exerciseName", "itemType", "orderInSession"),
    *("setNumber", "plannedReps", "plannedWeightKg", "actualReps", "actualWeightKg"),
    *("durationSeconds", "distanceKm", "rpe", "isPersonalBest", "notes", "completedAt"),
)
LISTED_KEYS = (
    *("id", "name", "routineId", "routineName", "status", "startedAt", "completedAt"),
    "updatedAt",
)
SESSION_KEYS = (*LISTED_KEYS[:-1], "notes", "createdAt", "updatedAt", "exercises")
SLOT_KEYS = ("orderInSession", "itemType", "exerciseId", "exerciseName", "sets")


async def squat() -> Exercise:
    return await Exercise.get(slug="squat-barbell")


async def press() -> Exercise:
    return await Exercise.get(slug="bench-press-barbell")


async def call(person: Person, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    """What is in the envelope (with `meta`, both); None for 204."""
    answer = await person.json(method, API + path, body)
    said = await answer.get_data(as_text=True)
    assert answer.status_code == status, said
    if status == 204:
        assert said == ""
        return None
    envelope = await answer.get_json()
    assert envelope["success"] is True
    assert set(envelope) in ({"success", "data"}, {"success", "data", "meta"})
    return (envelope["data"], envelope["meta"]) if "meta" in envelope else envelope["data"]


async def refused(
    person: Person, method: str, path: str, body: Any = None, status: int = 400, code: str = ""
) -> dict[str, Any]:
    """The error of a refusal, in its envelope."""
    answer = await person.json(method, API + path, body)
    envelope = await answer.get_json()
    assert answer.status_code == status, envelope
    assert set(envelope) == {"success", "error"}
    assert envelope["success"] is False
    usual = {400: "VALIDATION_ERROR", 403: "FORBIDDEN", 404: "NOT_FOUND", 409: "CONFLICT"}
    assert envelope["error"]["code"] == (code or usual[status])
    assert envelope["error"]["message"]
    error: dict[str, Any] = envelope["error"]
    return error


async def routine(person: Person, **more: Any) -> dict[str, Any]:
    """Push Day A: three sets of the bench press, a rest, ten minutes of rowing."""
    bench = await press()
    said = {
        "name": "Push Day A",
        "items": [
            {
                "order": 1,
                "type": "EXERCISE",
                "exerciseId": bench.id,
                "exerciseName": bench.name,
                "sets": 3,
                "repsPerSet": 8,
                "weightKg": "80.0",
            },
            {"order": 2, "type": "REST", "durationSeconds": 120},
            {"order": 3, "type": "CARDIO", "cardioName": "Treadmill", "durationMinutes": 10},
        ],
    }
    made: dict[str, Any] = await call(person, "POST", "/routines", said | more, 201)
    return made


async def session(person: Person, **said: Any) -> dict[str, Any]:
    made: dict[str, Any] = await call(person, "POST", "/workouts", said, 201)
    return made


async def logged(
    person: Person, session: int, exercise: int, weight: str | None, reps: int, **more: Any
) -> dict[str, Any]:
    """A set that is done."""
    said = {"itemType": "EXERCISE", "exerciseId": exercise, "actualReps": reps}
    said |= {"actualWeightKg": weight, **more}
    path = f"/workouts/{session}/sets"
    made: dict[str, Any] = await call(person, "POST", path, said, 201)
    return made


async def trained(person: Person, exercise: int, *sets: tuple[str | None, int]) -> dict[str, Any]:
    """A completed session of one exercise."""
    begun = await session(person)
    for weight, reps in sets:
        await logged(person, begun["id"], exercise, weight, reps)
    done: dict[str, Any] = await call(person, "POST", f"/workouts/{begun['id']}/complete")
    return done
