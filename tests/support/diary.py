"""How a client of the contract `diary` speaks, and what it says most."""

from typing import Any

from quart import Quart, Response

from tests.support.world import Person

BASE = "/api/v1.0"
PROTECTED = [
    ("POST", "/exercises"),
    ("GET", "/exercises/{id}"),
    ("GET", "/exercises?muscleGroup=CHEST"),
    ("PUT", "/exercises/{id}"),
    ("DELETE", "/exercises/{id}"),
    ("POST", "/workouts"),
    ("GET", "/workouts?startDate=2024-01-01&endDate=2024-01-31"),
    ("GET", "/workouts/{id}"),
    ("PUT", "/workouts/{id}"),
    ("DELETE", "/workouts/{id}"),
]
UNREADABLE = [b"{", b"nonsense", b'{"a": NaN}', b"\xff\xfe", b'{"a": "\\ud800"}', b"[" * 100_000]


async def anyone(app: Quart, method: str, path: str, body: Any = None, **headers: str) -> Response:
    """A request of nobody, or of whom the headers name."""
    client: Any = app.test_client(use_cookies=False)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if isinstance(body, bytes):
        sent["Content-Type"] = "application/json"
        return await client.open(BASE + path, method=method, headers=sent, data=body)
    return await client.open(BASE + path, method=method, headers=sent, json=body)


async def ask(person: Person, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """Status and body of the answer to a signed-in client; None for an empty body."""
    sent = {"Authorization": f"Bearer {person.token}"}
    if isinstance(body, bytes):
        answer = await anyone(person.app, method, path, body, **sent)
    else:
        answer = await person.json(method, BASE + path, body)
    return answer.status_code, (await answer.get_json() if await answer.get_data() else None)


async def exercise(person: Person, name: str = "Bench press", group: str = "CHEST") -> Any:
    """A new exercise, as it is answered."""
    said = {"name": name, "muscleGroup": group}
    status, made = await ask(person, "POST", "/exercises", said)
    assert status == 201, made
    return made


def a_set(**said: Any) -> dict[str, Any]:
    return {"reps": 10, "weight": 50.5, "notes": "Felt easy", "setType": "WORKING", **said}


def day(exercise: Any, date: str = "2024-01-29", **said: Any) -> dict[str, Any]:
    """What a client posts: two sets of one exercise."""
    sets = [a_set(reps=12, weight=20, notes=None, setType="WARM_UP"), a_set()]
    item = {"exerciseId": exercise["id"], "exerciseOrder": 1, "sets": sets, **said}
    return {"date": date, "workoutExercises": [item]}


async def workout(person: Person, body: dict[str, Any]) -> Any:
    """A new workout, as it is answered."""
    status, made = await ask(person, "POST", "/workouts", body)
    assert status == 201, made
    return made


def written(made: Any) -> Any:
    """A workout that was answered, as a client would write it again."""
    items = [
        {
            "exerciseId": item["exercise"]["id"],
            "exerciseOrder": item["exerciseOrder"],
            "sets": [{k: v for k, v in each.items() if k != "id"} for each in item["sets"]],
        }
        for item in made["workoutExercises"]
    ]
    return {"date": made["date"], "workoutExercises": items}
