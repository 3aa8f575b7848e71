"""A tap reads its exercise alone: what it is told is what one is told who has read the workout."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.support.gym import classic, did, routine, sets, start
from tests.support.history import train
from tests.support.world import Person, caller
from webapp import views
from webapp.db import is_postgres, rows, transaction
from webapp.training import logging, sheet, standings
from webapp.training.change import remembered

NOW = datetime.now(UTC)


class _Undone(Exception):
    """Ends a transaction that nothing is to be left of."""


async def _logged(person: Person, verb: str, uuid: str, minute: int, alone: bool) -> dict[str, Any]:
    me, at = caller(person), NOW + timedelta(minutes=minute)
    if verb == "undo":
        change = await logging.undo(me, UUID(uuid), of="card" if alone else "workout")
    elif verb == "edit":
        change = await logging.edit(me, UUID(uuid), {"reps": 7}, of="card" if alone else "workout")
    else:
        said = {"reps": 5} if verb == "log" else {"set_type": "warm_up"}
        change = await logging.log(
            me, UUID(uuid), said, at, now=at, of="card" if alone else "workout"
        )
    view = views.logged(await remembered(change), [], me, stays=False)
    for part in (*view["feet"], *view["cards"]):
        part |= {"key": "", "made_uuid": ""}
        for each in part.get("sets", ()):
            each["key"] = ""
    return view | {"rest": view["rest"] | {"left": "", "left_text": ""}}  # of the clock


async def _both(person: Person, verb: str, uuid: str, minute: int) -> None:
    whole: dict[str, Any] = {}

    async def look() -> None:
        whole.update(await _logged(person, verb, uuid, minute, alone=False))
        raise _Undone

    with pytest.raises(_Undone):
        await transaction(look)
    alone = await transaction(lambda: _logged(person, verb, uuid, minute, alone=True))
    assert alone == whole, (verb, minute)


@pytest.mark.parametrize("is_round", (True, False))
async def test_what_is_told_of_a_tap_is_the_same(ann: Person, is_round: bool) -> None:
    await did(ann, "plank", (None, 3))
    await did(ann, "squat-barbell", ("70", 5), ("72.5", 4))
    superset = {"superset": 1} if is_round else {}
    plan = await routine(
        ann,
        {"slug": "squat-barbell", "sets": 3, "reps_min": 5, "rest_seconds": 60, **superset},
        {"slug": "bench-press-barbell", "sets": 2, "rest_seconds": 90, **superset},
        {"kind": "rest", "duration_seconds": 60},
        {"slug": "pull-up", "sets": 1, "reps_min": 5},
    )
    await start(ann, plan)
    squats, bench = (
        [each["id"] for each in await sets(ann)],
        [each["id"] for each in await sets(ann, 1)],
    )
    (pull_up,) = [each["id"] for each in await sets(ann, 3)]
    taps = (
        *(("log", squats[0]), ("log", bench[0]), ("log", bench[0]), ("undo", bench[0])),
        *(("log", squats[2]), ("warm-up", squats[1]), ("edit", squats[1]), ("log", pull_up)),
        *(("log", bench[0]), ("log", bench[1]), ("edit", bench[1]), ("undo", pull_up)),
        *(("log", pull_up), ("undo", squats[0])),
    )
    for minute, (verb, uuid) in enumerate(taps):
        await _both(ann, verb, uuid, minute)


async def test_nobody_finds_the_set_of_another(ann: Person, bob: Person) -> None:
    await start(ann, await classic(ann))
    first = (await sets(ann))[0]["id"]
    assert await sheet.alone(bob.user.id, first) is None
    found = await sheet.alone(ann.user.id, first)
    assert found is not None and len(found.items) == 1
    assert len((await standings.standings(ann.user.id, found.id)).items) == 3
    assert (await standings.standings(bob.user.id, found.id)).items == []
    assert await sheet.item_of(found, str(UUID(int=7))) is None


async def test_where_a_workout_stands_is_told_by_its_own_sets(ann: Person) -> None:
    if is_postgres():
        pytest.skip("PostgreSQL reads a table as small as a test's as it stands")
    await train(ann.user, workouts=2)
    plan = await rows(f"EXPLAIN QUERY PLAN {standings._STANDINGS}", ann.user.id, 1)
    told = [each["detail"] for each in plan]
    assert any("(item_id=?)" in each for each in told) and "(user_id=?)" not in " ".join(told)
