"""Whatever a person does, by whichever contract: the next read tells everything that is other."""

import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from quart import Quart

from tests.support import voices
from tests.support.following import Follower, Thing, things
from tests.support.gym import classic, did, exercise, start
from tests.support.importing import idle, imported, strong
from tests.support.world import Person
from webapp.models import (
    BodyWeight,
    Exercise,
    ImportBatch,
    Location,
    Routine,
    Workout,
    WorkoutItem,
    WorkoutSet,
)

Act = Callable[[Person, random.Random], Awaitable[None]]


async def _one(chance: random.Random, model: Any, person: Person, **which: Any) -> Any:
    found = await model.filter(user=person.user, **which).order_by("id")
    return chance.choice(found) if found else None


async def _post(person: Person, path: str, form: Any = None) -> None:
    answer = await person.page("POST", path, form or {})
    assert answer.status_code < 500, (path, await answer.get_data(as_text=True))


async def plan(person: Person, chance: random.Random) -> None:
    await classic(person)


async def replan(person: Person, chance: random.Random) -> None:
    if routine := await _one(chance, Routine, person):
        verb = chance.choice(["delete", "restore", "duplicate", "up", "edit", "items"])
        squat = await exercise("squat-barbell")
        said = {
            "name": f"Day {chance.random()}",
            "exercise": str(squat.uuid),
            "exercise_id": str(squat.uuid),
        }
        await _post(person, f"/routines/{routine.uuid}/{verb}", said)


async def _is_simple(running: Workout) -> bool:
    """Whether every contract can log into it: one exercise, which runs."""
    items = await WorkoutItem.filter(workout=running)
    return [each.status for each in items] == ["active"]


async def lift(person: Person, chance: random.Random) -> None:
    running = await _one(chance, Workout, person, status="in_progress", deleted_at=None)
    if running is None:
        own = await _one(chance, Exercise, person, archived_at=None, merged_into=None)
        first = own or await voices.lift(person)
        await person.json("POST", "/api/session/start", {})
        body = {"exercise_id": str(first.uuid)}
        await person.json("POST", "/api/session/workout/exercise/start", body)
    elif chance.random() < 0.7 and await _is_simple(running):
        is_planned = await WorkoutSet.exists(workout=running, completed_at=None)
        voice = chance.choice(voices.VOICES if is_planned else voices.CONTRACTS)
        await voices.log(voice, person, running, str(chance.randint(40, 120)), chance.randint(1, 9))
    else:
        await _post(person, f"/session/{chance.choice(['finish', 'discard', 'rest/skip'])}")


async def routine_lift(person: Person, chance: random.Random) -> None:
    routine = await _one(chance, Routine, person, deleted_at=None)
    if routine and not await Workout.exists(user=person.user, status="in_progress"):
        await start(person, routine)
        await _post(person, "/session/finish")


async def look_back(person: Person, chance: random.Random) -> None:
    workout = await _one(chance, Workout, person, status="finished")
    if workout is None:
        await did(person, "squat-barbell", ("80", 5), days_ago=chance.randint(1, 99))
    else:
        verb = chance.choice(["delete", "restore", "erase", "edit", "share", "routine"])
        said = {"name": f"It {chance.random()}", "notes": "x"}
        await _post(person, f"/workouts/{workout.uuid}/{verb}", said)


async def weigh(person: Person, chance: random.Random) -> None:
    entry = await _one(chance, BodyWeight, person)
    if entry is None or chance.random() < 0.5:
        await _post(person, "/body", {"weight": str(chance.randint(60, 90))})
    elif chance.random() < 0.5:
        await _post(person, f"/body/{entry.uuid}", {"weight": str(chance.randint(60, 90))})
    else:
        await _post(person, f"/body/{entry.uuid}/delete")
        await _post(person, "/body/restore")


async def travel(person: Person, chance: random.Random) -> None:
    place = await _one(chance, Location, person)
    at = "/settings/locations"
    if place is None or chance.random() < 0.4:
        await _post(person, at, {"name": f"Gym {chance.random()}"})
    else:
        verb = chance.choice(["", "/delete", "/plates"])
        await _post(person, f"{at}/{place.uuid}{verb}", {"name": "Another", "own": "1"})


async def choose(person: Person, chance: random.Random) -> None:
    own = await _one(chance, Exercise, person)
    squat = await exercise("squat-barbell")
    if own is None or chance.random() < 0.3:
        await _post(person, "/exercises", {"name": f"Lift {chance.random()}"})
        return
    verbs = ["archive", "restore", "favourite", "settings", "edit", "merge", "merge/undo"]
    which, verb = chance.choice([own, own, squat]), chance.choice(verbs)
    said = {"into": str(squat.uuid), "name": f"Lift {chance.random()}", "rest_seconds": "90"}
    await _post(person, f"/exercises/{which.uuid}/{verb}", {**said, "on": "1"})


async def move_in(person: Person, chance: random.Random) -> None:
    batch = await _one(chance, ImportBatch, person, status="done")
    if batch is None:
        day = chance.randint(1, 28)
        lines = [f"2020-01-{day:02} 10:00:00,Day,1h,Curl {n},1,{n + 10},5,0,0,,," for n in range(3)]
        await imported(person, strong(*lines))
    else:
        await _post(person, f"/import/{batch.uuid}/undo")
        await idle(person)


async def come_back(person: Person, chance: random.Random) -> None:
    """A whole account that is taken in brings back what was deleted since."""
    whole: Any = await (await person.json("GET", "/export.json")).get_data()
    for act in (weigh, travel, look_back):
        await act(person, chance)
    await imported(person, whole)


ACTS: tuple[Act, ...] = (
    plan, replan, lift, lift, lift, routine_lift, look_back, look_back, weigh, travel, choose,
    choose, move_in, come_back,
)  # fmt: skip


async def _check(follower: Follower, before: dict[Thing, str]) -> dict[Thing, str]:
    """Read, and see that all that is other than before was told."""
    heard = {(e["type"].split(".")[0], e["data"]["id"]) for e in await follower.read()}
    now = await things(follower.person)
    other = {each for each in before.keys() | now.keys() if before.get(each) != now.get(each)}
    assert other <= heard, other - heard
    alive = {each for each in follower.known if each in now or each[0] != "exercise"}
    assert alive == set(now)
    return now


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_is_done_is_told(app: Quart, ann: Person, bob: Person, seed: int) -> None:
    chance = random.Random(seed)
    follower, other = Follower(ann, limit=chance.choice([1, 2, 7])), Follower(bob)
    seen = await _check(follower, {})
    for _ in range(30):
        await chance.choice(ACTS)(ann, chance)
        if chance.random() < 0.6:
            seen = await _check(follower, seen)
    await _check(follower, seen)
    newcomer = Follower(ann, limit=500)
    await _check(newcomer, {})
    assert newcomer.known.keys() <= follower.known.keys()
    assert await other.read() == []
