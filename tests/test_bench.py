"""What the bench measures with: histories made by the database, verdicts, budgets."""

import pytest

from bench.filling import EACH, fill
from bench.soak import Sample, verdict
from bench.tables import Budgets
from tests.support.history import lifts, train
from tests.support.world import Person
from webapp.history import listing
from webapp.history.narrowing import Asked
from webapp.models import WorkoutSet


async def test_a_filled_history_reads_like_one_that_was_trained(ann: Person, bob: Person) -> None:
    exercises = [each.id for each in await lifts(ann.user, 6)]
    await fill(ann.user.id, exercises, 5, people=2)
    for person in (ann, bob):
        told = await (await person.json("GET", "/workouts")).get_json()
        assert [each["set_count"] for each in told["sessions"]] == [EACH] * 5
        days = [each["started_at"] for each in told["sessions"]]
        assert days == sorted(days, reverse=True)
        assert all(each["volume"] > 0 for each in told["sessions"])
    one = await WorkoutSet.filter(user=bob.user).order_by("-id").first()
    assert one is not None and float(one.weight or 0) * 1000 == one.weight_grams
    assert (await train(ann.user, 1)) and (await train(bob.user, 1))  # numbered after them


async def test_what_is_new_is_the_same_however_much_lies_behind(ann: Person, bob: Person) -> None:
    exercises = [each.id for each in await lifts(ann.user, 6)]
    lifted = []
    for person, workouts in ((ann, 30), (bob, 600)):
        await fill(person.user.id, exercises, workouts)
        page = await listing.page(person.user.id, Asked())
        lifted.append([each.grams for each in page.workouts])
    assert lifted[0] == lifted[1] and len(lifted[0]) == 20


def samples(held: list[float], tasks: list[int]) -> list[Sample]:
    return [
        Sample(at, mb, 20, task, 0) for at, (mb, task) in enumerate(zip(held, tasks, strict=True))
    ]


def test_a_soak_is_flat_when_nothing_grows_after_its_beginning() -> None:
    warming = [80.0, 95.0, 100.0, 101.0, 100.5, 101.0, 100.8, 101.2]
    assert verdict(samples(warming, [9, 30, 28, 31, 27, 30, 29, 28])) == []
    growing = [80.0, 95.0, 100.0, 105.0, 110.0, 115.0, 120.0, 125.0]
    (grew,) = verdict(samples(growing, [9] * 8))
    assert grew.startswith("memory: 102.5 to 122.5")
    (more,) = verdict(samples([100.0] * 8, [9, 9, 10, 20, 30, 40, 50, 60]))
    assert more.startswith("tasks")


def test_what_was_missed_is_said_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    budgets = Budgets()
    assert budgets.verdict("quick: 1 s", True) == "ok"
    assert budgets.verdict("small: 9 MB", False) == "MISSED"
    budgets.sum_up()
    assert capsys.readouterr().out == "1 of 2 budgets kept\n  missed: small: 9 MB\n"
