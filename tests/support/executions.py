"""How a client of `executions` speaks, and the exact keys it is answered with."""

from typing import Any

from tests.support.world import Person, make_token
from webapp.models import Exercise

BASE = "/api/v1"
PROFILE = ("id", "email_address", "google_id", "name", "profile_image_url", "is_active")
EXERCISE = (
    *("id", "name", "body_part", "modality", "picture_url", "created_by_user_id"),
    *("updated_by_user_id", "created_at", "updated_at", "is_user_created"),
)
WORKOUT = (
    *("id", "finished_at", "created_by_user_id", "updated_by_user_id", "created_at"),
    *("updated_at", "exercise_executions"),
)
EXECUTION = (
    *("exercise_id", "exercise_name", "exercise_order", "note_text", "created_at"),
    *("updated_at", "sets"),
)
SET = (
    *("id", "exercise_id", "note_text", "weight", "clean_reps", "forced_reps"),
    *("created_at", "updated_at"),
)
UNAUTHORIZED = {"error": "unauthorized", "message": "Authentication required"}
FORBIDDEN = {
    "error": "forbidden",
    "message": "You don't have permission to access this resource",
}
NOT_FOUND = {"error": "not_found", "message": "Resource not found"}


async def speaks(person: Person) -> Person:
    """The person with a token of `executions`."""
    person.token = await make_token(person.user, "executions")
    return person


async def ask(
    person: Person, method: str, path: str, body: Any = None, **headers: str
) -> tuple[int, Any]:
    """Status and body of an answer; None for an empty one."""
    answer = await person.json(method, BASE + path, body, **headers)
    if answer.status_code == 204:
        assert await answer.get_data() == b""
        return 204, None
    return answer.status_code, await answer.get_json()


async def ok(person: Person, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    """The body of an answer that has this status."""
    said = await ask(person, method, path, body)
    assert said[0] == status, said
    return said[1]


def wrong(*fields: str) -> Any:
    """A comparison with a 400 about exactly these fields."""
    return _Wrong(fields)


class _Wrong:
    def __init__(self, fields: tuple[str, ...]) -> None:
        self.fields = set(fields)

    def __eq__(self, other: object) -> bool:
        assert isinstance(other, tuple)
        status, body = other
        same = {"error": "validation_error", "message": "Invalid request data"}
        texts = body.get("details", {})
        return (
            status == 400
            and body == {**same, "details": texts}
            and set(texts) == self.fields
            and all(isinstance(text, str) for each in texts.values() for text in each)
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"400 about {sorted(self.fields)}"


def refused(text: str) -> Any:
    """A comparison with a 400 for a rule of business, whose message has this phrase."""
    return _Refused(text)


class _Refused:
    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        assert isinstance(other, tuple)
        status, body = other
        same = {"error": "validation_error", "details": {}}
        return (
            status == 400
            and body == {**same, "message": body["message"]}
            and self.text in (body["message"])
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"400 that says {self.text}"


async def own(person: Person, name: str = "Custom Push-ups", **more: Any) -> Any:
    """An exercise of one's own."""
    said = {"name": name, "body_part": "chest", "modality": "bodyweight", **more}
    return await ok(person, "POST", "/exercises", said, 201)


async def system(slug: str = "squat-barbell") -> int:
    """The id of one of the catalogue's."""
    return (await Exercise.get(slug=slug)).id


async def workout(person: Person) -> str:
    """The path of a new workout."""
    return f"/workouts/{(await ok(person, 'POST', '/workouts', status=201))['id']}"


async def execution(person: Person, path: str, exercise: int, **said: Any) -> Any:
    """Put an exercise into the workout at `path`."""
    return await ok(person, "PUT", f"{path}/exercise-executions/{exercise}", said)


async def order(person: Person, path: str) -> list[tuple[int, int]]:
    """The exercises of a workout with their numbers, as they are answered."""
    found = await ok(person, "GET", path)
    return [(e["exercise_id"], e["exercise_order"]) for e in found["exercise_executions"]]
