"""Short ways to say what a client of the document `gym` does."""

from typing import Any

from quart import Response

from tests.support.world import Person

PROBLEM_KEYS = {"type", "title", "status", "detail", "errors"}


async def made(answer: Response) -> int:
    """The id that a 201 answers with, and where the new thing is."""
    assert answer.status_code == 201, await answer.get_data(as_text=True)
    id: int = await answer.get_json()
    assert type(id) is int
    assert answer.headers["Location"].endswith(f"/{id}")
    return id


async def bench(person: Person, name: str = "Bench Press", **more: Any) -> int:
    """An exercise template of one's own."""
    said = {"name": name, "implementType": "Barbell", "exerciseType": "Reps", **more}
    return await made(await person.json("POST", "/api/ExerciseTemplates", said))


async def template(person: Person, *exercises: int, name: str = "Push Day", **more: Any) -> int:
    """A workout template of these exercises."""
    id = await made(await person.json("POST", "/api/WorkoutTemplates", {"name": name, **more}))
    said = {"workoutTemplateId": id, "exercises": [{"exerciseTemplateId": e} for e in exercises]}
    answer = await person.json("PUT", f"/api/WorkoutTemplates/{id}/Exercises", said)
    assert answer.status_code == 204
    return id


async def place(person: Person, name: str = "Iron Works Gym", **more: Any) -> int:
    """A location."""
    return await made(await person.json("POST", "/api/Locations", {"name": name, **more}))


async def start(person: Person, template_id: int) -> int:
    """Start a workout; its id."""
    said = {"workoutTemplateId": template_id}
    return await made(await person.json("POST", "/api/Workouts", said))


async def begun(person: Person, *exercises: int, **more: Any) -> int:
    """A workout in progress of these exercises (none: a bench press)."""
    return await start(
        person, await template(person, *(exercises or [await bench(person)]), **more)
    )


async def done(person: Person, **said: Any) -> int:
    """A completed workout without sets."""
    id = await begun(person, name=said.pop("template", "Push Day"))
    answer = await person.json("PUT", f"/api/Workouts/{id}/Complete", {"id": id, **said})
    assert answer.status_code == 204, await answer.get_data(as_text=True)
    return id


async def shown(person: Person, path: str) -> Any:
    """What a GET answers with 200."""
    answer = await person.json("GET", path)
    assert answer.status_code == 200, await answer.get_data(as_text=True)
    return await answer.get_json()


async def workout(person: Person, id: int) -> Any:
    """A workout as it is told."""
    return await shown(person, f"/api/Workouts/{id}")


async def sets_of(person: Person, workout_id: int, place: int = 0) -> tuple[str, list[Any]]:
    """Where an exercise's sets are (of the workout's n-th exercise), and the sets."""
    exercise = (await workout(person, workout_id))["exercises"][place]
    return f"/api/Workouts/{workout_id}/Exercises/{exercise['id']}/Sets", exercise["sets"]


async def lift(person: Person, workout_id: int, place: int = 0, **said: Any) -> int:
    """Add a set to the n-th exercise; its id."""
    path, _ = await sets_of(person, workout_id, place)
    said = said or {"weight": 135.0, "reps": 10, "weightUnit": "Lbs"}
    return await made(await person.json("POST", path, said))


async def refused(answer: Response, status: int, *fields: str) -> dict[str, Any]:
    """That it is refused in this document's words, for these fields."""
    text = await answer.get_data(as_text=True)
    assert answer.status_code == status, text
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    body: dict[str, Any] = await answer.get_json()
    assert set(body) == PROBLEM_KEYS
    assert body["status"] == status
    assert set(body["errors"]) == set(fields), text
    return body
