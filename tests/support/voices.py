"""The five contracts and the pages as voices that log, change, remove and tell the same sets."""

from typing import Any

from quart import Response

from tests.support.world import HTMX, Person
from webapp.models import Exercise, Workout, WorkoutItem, WorkoutSet

CONTRACTS = ("live", "gym", "routines", "executions", "diary")
VOICES = (*CONTRACTS, "pages")
PROFILE = {"Accept_Profile": "executions"}
BY_NUMBER, BY_DAY, BY_GYM = "/api/v1/workouts", "/api/v1.0/workouts", "/api/Workouts"


async def said(answer: Response, status: int = 200) -> Any:
    """The JSON of an answer that has this status."""
    text = await answer.get_data(as_text=True)
    assert answer.status_code == status, text
    return await answer.get_json() if text else None


async def lift(person: Person) -> Exercise:
    """An exercise of one's own, which every contract can name."""
    body = {"name": "Bench press", "muscleGroup": "CHEST"}
    made = await said(await person.json("POST", "/api/v1.0/exercises", body), 201)
    return await Exercise.get(uuid=made["id"])


async def begin(person: Person, exercise: Exercise) -> Workout:
    """A workout in progress, of this exercise, which every contract may write to."""
    await said(await person.json("POST", "/api/session/start", {}), 201)
    start = "/api/session/workout/exercise/start"
    await said(await person.json("POST", start, {"exercise_id": str(exercise.uuid)}), 201)
    return await Workout.get(user=person.user, status="in_progress")


async def newest(workout: Workout) -> WorkoutSet:
    """The set of a workout that was done last, with its workout, item and exercise."""
    done = WorkoutSet.filter(workout=workout, completed_at__isnull=False)
    found = done.order_by("-completed_at", "-id").first()
    each = await found.prefetch_related("workout", "item", "exercise")
    assert each is not None
    return each


async def log(voice: str, person: Person, workout: Workout, weight: str, reps: int) -> WorkoutSet:
    """Log a set of the exercise of a workout in progress; a weight is in the voice's unit."""
    item = await WorkoutItem.get(workout=workout).prefetch_related("exercise")
    exercise: Any = item.exercise
    at = f"{BY_GYM}/{workout.id}/Exercises/{item.id}/Sets"
    if voice == "live":
        body: Any = {"reps": reps, "weight": float(weight)}
        await said(await person.json("PUT", "/api/session/workout/exercise/log", body))
    elif voice == "gym":
        await said(await person.json("POST", at, await _gym(person, weight, reps)), 201)
    elif voice == "routines":
        body = {"itemType": "EXERCISE", "exerciseId": exercise.id, "actualReps": reps}
        body |= {"actualWeightKg": weight}
        await said(await person.json("POST", f"{BY_NUMBER}/{workout.id}/sets", body), 201)
    elif voice == "executions":
        at = f"{BY_NUMBER}/{workout.id}/exercise-executions/{exercise.id}/sets"
        body = {"clean_reps": reps, "weight": float(weight)}
        await said(await person.json("POST", at, body), 201)
    elif voice == "diary":
        await _rewrite(person, workout, exercise, [(float(weight), reps)])
    else:
        await _by_thumb(person, item, weight, reps)
    return await newest(workout)


async def _gym(person: Person, weight: str, reps: int) -> dict[str, Any]:
    unit = {"kg": "Kg", "lb": "Lbs"}[person.user.weight_unit]
    return {"weight": float(weight), "reps": reps, "weightUnit": unit}


async def _rewrite(
    person: Person, workout: Workout, exercise: Exercise, sets: list[tuple[float, int]]
) -> None:
    done = [{"reps": reps, "weight": weight, "setType": "WORKING"} for weight, reps in sets]
    item = {"exerciseId": str(exercise.uuid), "exerciseOrder": 1, "sets": done}
    body = {"workoutExercises": [item]}
    await said(await person.json("PUT", f"{BY_DAY}/{workout.uuid}", body))


async def _by_thumb(person: Person, item: WorkoutItem, weight: str, reps: int) -> None:
    planned = WorkoutSet.filter(item=item, completed_at=None)
    made = await planned.order_by("position").first()
    assert made is not None
    form = {"weight": weight, "reps": str(reps)}
    tapped = await person.htmx("POST", f"/session/sets/{made.uuid}/log", form)
    assert tapped.status_code == 200, await tapped.get_data(as_text=True)


async def change(voice: str, person: Person, each: WorkoutSet, weight: str, reps: int) -> None:
    """Say through a voice that a set was of this weight (in the voice's unit) and reps."""
    workout, item, exercise = await _around(each)
    if voice == "live":
        body: Any = {"reps": reps, "weight": float(weight), "set_number": each.position}
        await said(await person.json("PUT", "/api/session/workout/exercise/log", body))
    elif voice == "gym":
        at = f"{BY_GYM}/{workout.id}/Exercises/{item.id}/Sets/{each.id}"
        await said(await person.json("PUT", at, await _gym(person, weight, reps)), 204)
    elif voice == "routines":
        body = {"actualReps": reps, "actualWeightKg": weight}
        await said(await person.json("PATCH", f"{BY_NUMBER}/{workout.id}/sets/{each.id}", body))
    elif voice == "executions":
        at = f"{BY_NUMBER}/{workout.id}/exercise-executions/{exercise.id}/sets/{each.id}"
        body = {"clean_reps": reps, "weight": float(weight)}
        await said(await person.json("PATCH", at, body))
    elif voice == "diary":
        await _rewrite(person, workout, exercise, [(float(weight), reps)])
    else:
        form = {"weight": weight, "reps": str(reps)}
        await person.htmx("POST", f"/session/sets/{each.uuid}/edit", form)


async def remove(voice: str, person: Person, each: WorkoutSet) -> None:
    """Delete a set through a voice; `live` documents no such operation and asks its page."""
    workout, item, exercise = await _around(each)
    if voice == "gym":
        at = f"{BY_GYM}/{workout.id}/Exercises/{item.id}/Sets/{each.id}"
        await said(await person.json("DELETE", at), 204)
    elif voice == "routines":
        at = f"{BY_NUMBER}/{workout.id}/sets/{each.id}"
        await said(await person.json("DELETE", at), 204)
    elif voice == "executions":
        at = f"{BY_NUMBER}/{workout.id}/exercise-executions/{exercise.id}/sets/{each.id}"
        await said(await person.json("DELETE", at), 204)
    elif voice == "diary":
        await _rewrite(person, workout, exercise, [])
    elif voice == "live":
        await said(await person.json("POST", f"/session/sets/{each.uuid}/remove", {}))
    else:
        await person.client.post(f"/session/sets/{each.uuid}/remove", headers=HTMX)


async def _around(each: WorkoutSet) -> tuple[Any, Any, Any]:
    await each.fetch_related("workout", "item", "exercise")
    return each.workout, each.item, each.exercise


async def finish(person: Person) -> None:
    """End the workout in progress."""
    await said(await person.json("PUT", "/api/session/finish"))


async def drop(voice: str, person: Person, workout: Workout) -> None:
    """Delete a finished workout through a voice; those that document no such thing ask a page."""
    if voice in ("routines", "executions"):
        profile = {"Accept_Profile": voice}
        at = f"{BY_NUMBER}/{workout.id}"
        await said(await person.json("DELETE", at, **profile), 204)
    elif voice == "diary":
        await said(await person.json("DELETE", f"{BY_DAY}/{workout.uuid}"), 204)
    else:
        gone = await person.page("POST", f"/workouts/{workout.uuid}/delete")
        assert gone.status_code == 303


async def told(voice: str, person: Person, workout: Workout) -> list[tuple[Any, Any, Any]]:
    """The sets of a workout as a voice tells them: id, weight in its words, reps."""
    if voice == "gym":
        whole = await said(await person.json("GET", f"{BY_GYM}/{workout.id}"))
        lines = [each for item in whole["exercises"] for each in item["sets"]]
        return [(each["id"], (each["weight"], each["weightUnit"]), each["reps"]) for each in lines]
    if voice == "routines":
        path = f"{BY_NUMBER}/{workout.id}"
        whole = (await said(await person.json("GET", path, Accept_Profile="routines")))["data"]
        lines = [each for slot in whole["exercises"] for each in slot["sets"]]
        done = [each for each in lines if each["completedAt"]]
        return [(each["id"], each["actualWeightKg"], each["actualReps"]) for each in done]
    if voice == "executions":
        whole = await said(await person.json("GET", f"{BY_NUMBER}/{workout.id}", **PROFILE))
        lines = [each for item in whole["exercise_executions"] for each in item["sets"]]
        return [(each["id"], each["weight"], each["clean_reps"]) for each in lines]
    if voice == "diary":
        whole = await said(await person.json("GET", f"{BY_DAY}/{workout.uuid}"))
        lines = [each for item in whole["workoutExercises"] for each in item["sets"]]
        return [(each["id"], each["weight"], each["reps"]) for each in lines]
    await workout.refresh_from_db()
    running = workout.status == "in_progress"
    path = "/api/session/workout" if running else f"/workouts/{workout.uuid}"
    whole = await said(await person.json("GET", path))
    lines = [each for item in whole["exercises"] for each in item["sets"]]
    return [(each["id"], each["weight"], each["reps"]) for each in lines]
