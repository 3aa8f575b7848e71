"""What pages and answers weigh: a phone in a gym has little signal, and morphs what comes."""

import gzip
import re

import pytest

from tests.support.gym import classic, did, routine, sets, start, tap, text
from tests.support.world import Person

LIFTS = (
    *("squat-barbell", "bench-press-barbell", "deadlift-barbell"),
    *("overhead-press-barbell", "bicep-curl-dumbbell", "pull-up"),
)
ANSWER, ANSWER_PLAIN, PAGE, PAGE_PLAIN = 1_500, 5_500, 5_500, 42_000  # bytes
PIECE = re.compile(r'<hx-partial hx-target="#(\w+)-?([\w-]*)"')


async def six_times_four(ann: Person) -> list[list[str]]:
    """A workout of six exercises with four sets each; the UUIDs of its sets."""
    plan = [{"slug": slug, "sets": 4, "reps_min": 8, "weight": "60"} for slug in LIFTS]
    await start(ann, await routine(ann, *plan))
    return [[each["id"] for each in await sets(ann, n)] for n in range(len(LIFTS))]


def pieces(answer: str) -> list[tuple[str, str]]:
    """What an answer paints anew: [("set", uuid), ("rest", "")]."""
    return PIECE.findall(answer)


async def test_an_answer_to_a_logged_set_stays_within_its_budget(ann: Person) -> None:
    for item in (await six_times_four(ann))[:2]:
        for uuid in item:
            page = await text(await tap(ann, uuid, weight="62.5", reps="8"))
            assert len(page.encode()) <= ANSWER_PLAIN
            assert len(gzip.compress(page.encode(), 5)) <= ANSWER


async def test_the_page_of_24_sets_stays_within_its_budget(ann: Person) -> None:
    await six_times_four(ann)
    page = await text(await ann.page("GET", "/session"))
    assert page.count('<li id="set-') == 24
    assert len(page.encode()) <= PAGE_PLAIN
    assert len(gzip.compress(page.encode(), 5)) <= PAGE


async def test_only_what_looks_different_is_painted_anew(ann: Person) -> None:
    squat, bench, *_ = await six_times_four(ann)
    first = pieces(await text(await tap(ann, squat[0], weight="60", reps="8")))
    rows = [uuid for kind, uuid in first if kind == "set"]
    assert rows == squat[:2]
    assert [kind for kind, _ in first] == ["head", "foot", "set", "set", "rest", "progress"]
    second = pieces(await text(await tap(ann, squat[1], weight="60", reps="8")))
    assert [kind for kind, _ in second] == ["head", "set", "set", "rest", "progress"]
    await tap(ann, squat[2], weight="60", reps="8")
    last = pieces(await text(await tap(ann, squat[3], weight="60", reps="8")))
    turned = ["item", "fold", "item", "fold"]
    assert [kind for kind, _ in last] == [*turned, "head", "set", "rest", "progress"]
    assert bench[0] not in str(last)


async def test_a_set_taken_back_changes_places_with_the_one_that_was_next(ann: Person) -> None:
    squat, *_ = await six_times_four(ann)
    for uuid in squat[:2]:
        await tap(ann, uuid, weight="60", reps="8")
    page = await text(await ann.htmx("POST", f"/session/sets/{squat[0]}/undo"))
    assert [uuid for kind, uuid in pieces(page) if kind == "set"] == [squat[0], squat[2]]
    assert page.count(' is-current"') == 1


async def test_rows_that_are_offered_what_was_just_lifted_come_along(ann: Person) -> None:
    await start(ann, await routine(ann, {"slug": "squat-barbell", "sets": 3, "reps_min": 5}))
    one, two, three = (each["id"] for each in await sets(ann))
    page = await text(await tap(ann, one, weight="60", reps="5"))
    assert [uuid for kind, uuid in pieces(page) if kind == "set"] == [one, two, three]
    assert page.count('name="weight" value="60"') == 3


@pytest.mark.parametrize("verb", ["log", "undo", "edit"])
async def test_bob_is_told_nothing_of_anns_rows(ann: Person, bob: Person, verb: str) -> None:
    await start(ann, await classic(ann))
    uuid = (await sets(ann))[0]["id"]
    answer = await bob.htmx("POST", f"/session/sets/{uuid}/{verb}", {"reps": "5"})
    assert answer.status_code == 404 and uuid not in await text(answer)


async def test_a_badge_that_is_beaten_goes_from_the_row_that_had_it(ann: Person) -> None:
    await did(ann, "squat-barbell", ("60", 8))
    squat, *_ = await six_times_four(ann)
    assert "Heaviest" in await text(await tap(ann, squat[0], weight="70", reps="8"))
    page = await text(await tap(ann, squat[1], weight="80", reps="8"))
    assert [uuid for kind, uuid in pieces(page) if kind == "set"] == squat[:3]
    assert page.count("i-trophy") == 1
    page = await text(await ann.htmx("POST", f"/session/sets/{squat[1]}/undo"))
    assert squat[0] in [uuid for kind, uuid in pieces(page) if kind == "set"]
    assert page.count("i-trophy") == 1
