"""`gym`, GET /api/Workouts: the history sorted, filtered, searched, page by page."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from quart import Quart

from tests.support.gym_api import begun, done, place, refused, shown, workout
from tests.support.statements import counted
from tests.support.world import Person
from webapp.models import Workout

START = datetime(2026, 2, 15, 10, tzinfo=UTC)


async def did(person: Person, day: int, **more: Any) -> int:
    """A completed workout of so many days after the first; its id."""
    start = START + timedelta(days=day)
    times = {"started_at": start, "ended_at": start + timedelta(minutes=75)}
    row: dict[str, Any] = {"name": "Push Day", "status": "finished", **times, **more}
    made = await Workout.create(user=person.user, local_date=start.date(), **row)
    return made.id


async def ids(person: Person, query: str = "") -> list[int]:
    body = await shown(person, f"/api/Workouts?{query}")
    return [each["id"] for each in body["items"]]


async def all_pages(person: Person, query: str) -> list[int]:
    """Every id, page by page, to the end."""
    found: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        body = await shown(person, f"/api/Workouts?{query}&cursor={cursor}")
        found += [each["id"] for each in body["items"]]
        cursor = body["nextCursor"]
    return found


async def test_the_completed_workouts_newest_end_first(ann: Person, bob: Person) -> None:
    empty = await shown(ann, "/api/Workouts")
    assert empty == {"items": [], "nextCursor": None}
    first, second = await did(ann, 0, rating=4, location_name="Iron Works Gym"), await did(ann, 1)
    stopped = await did(ann, -1, status="stopped")
    await did(ann, 2, deleted_at=START)
    await did(bob, 3)
    await begun(ann)
    body = await shown(ann, "/api/Workouts")
    assert set(body) == {"items", "nextCursor"}
    assert [each["id"] for each in body["items"]] == [second, first, stopped]
    assert body["nextCursor"] is None
    assert body["items"][1] == {
        "id": first,
        "templateName": "Push Day",
        "startedAt": "2026-02-15T10:00:00Z",
        "endedAt": "2026-02-15T11:15:00Z",
        "rating": 4,
        "locationName": "Iron Works Gym",
    }
    assert await ids(ann, "sortDirection=asc") == [stopped, first, second]
    assert await ids(ann, "sortBy=date&sortDirection=DESC") == [second, first, stopped]


async def test_what_never_ended_stands_where_it_began(ann: Person) -> None:
    first, unknown, last = await did(ann, 0), await did(ann, 1, ended_at=None), await did(ann, 2)
    assert await all_pages(ann, "pageSize=1") == [last, unknown, first]
    assert (await workout(ann, unknown))["endedAt"] is None


@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("sort", ["date", "rating"])
@pytest.mark.parametrize("size", [1, 2, 3, 50])
async def test_no_row_is_lost_or_told_twice_from_page_to_page(
    ann: Person, sort: str, direction: str, size: int
) -> None:
    ratings = [None, 3, None, 5, 3, 1, None]
    made = [await did(ann, n // 2, rating=rating) for n, rating in enumerate(ratings)]
    found = await all_pages(ann, f"sortBy={sort}&sortDirection={direction}&pageSize={size}")
    key = {
        id: (rating or 0, n // 2, id)
        for n, (id, rating) in enumerate(zip(made, ratings, strict=True))
    }
    skip = 0 if sort == "rating" else 1
    wanted = sorted(made, key=lambda id: key[id][skip:], reverse=direction == "desc")
    assert found == wanted


async def test_rows_that_come_meanwhile_move_nothing(ann: Person) -> None:
    made = [await did(ann, day) for day in range(4)]
    body = await shown(ann, "/api/Workouts?pageSize=2")
    await did(ann, 10)
    rest = await ids(ann, f"pageSize=2&cursor={body['nextCursor']}")
    assert rest == [made[1], made[0]]


@pytest.mark.parametrize(
    "cursor",
    [
        *("x", "====", "%00", "%F0%9F%92%AA", "bnVsbA==", "W10=", "e30=", "MQ==", "a" * 3000),
        "eyJlIjoiMjAyNi0wMi0xNVQxMToxNTowMFoifQ==",  # {"e": "2026-02-15T11:15:00Z"}
        "eyJlIjoiMjAyNi0wMi0xNVQxMToxNTowMCIsImkiOjN9",  # no zone
        "eyJlIjoiOTk5OS0xMi0zMVQyMzo1OTo1OS0yMzo1OSIsImkiOjN9",  # beyond the last year
        "eyJlIjoiMjAyNi0wMi0xNVQxMToxNTowMFoiLCJpIjo5OTk5OTk5OTk5OTk5OTk5OTk5OX0=",  # i too big
        "eyJlIjoiMjAyNi0wMi0xNVQxMToxNTowMFoiLCJpIjoieCJ9",  # i a text
        "eyJlIjo1LCJpIjozfQ==",  # e a number
    ],
)
async def test_a_bad_cursor_is_the_first_page(ann: Person, cursor: str) -> None:
    made = [await did(ann, day, rating=day or None) for day in range(2)]
    assert await ids(ann, f"cursor={cursor}") == made[::-1]
    assert await ids(ann, f"sortBy=rating&cursor={cursor}") == made[::-1]


async def test_the_cursor_of_the_document_is_understood(ann: Person) -> None:
    made = [await did(ann, day) for day in range(-1, 2)]
    assert made[1] < 3
    cursor = "eyJlIjoiMjAyNi0wMi0xNVQxMToxNTowMFoiLCJpIjozfQ=="  # the end of the second, id 3
    assert await ids(ann, f"cursor={cursor}") == [made[1], made[0]]
    # A place in one order is none in the other.
    assert len(await ids(ann, f"sortBy=rating&cursor={cursor}")) == 3


async def test_a_page_has_at_most_50(ann: Person) -> None:
    for day in range(53):
        await did(ann, day)
    sizes = {"": 20, "pageSize=50": 50, "pageSize=51": 50, "pageSize=99999999999999999999": 50}
    sizes |= {"pageSize=1": 1, "pageSize=0": 1, "pageSize=-5": 1}
    for query, size in sizes.items():
        assert len(await ids(ann, query)) == size


async def test_filtered_by_location_and_rating(ann: Person, bob: Person) -> None:
    gym_id, bobs = await place(ann), await place(bob)
    here = await did(ann, 0, location_id=gym_id, rating=3)
    there = await did(ann, 1, rating=4)
    unrated = await did(ann, 2, location_id=gym_id)
    assert await ids(ann, f"locationId={gym_id}") == [unrated, here]
    assert await ids(ann, f"locationId={bobs}") == []
    assert await ids(ann, "minRating=1") == [there, here]
    assert await ids(ann, "minRating=4") == [there]
    assert await ids(ann, "minRating=5") == []
    assert await ids(ann, f"minRating=3&locationId={gym_id}&sortBy=rating") == [here]
    assert await ids(ann, "minRating=&locationId=&search=&cursor=") == [unrated, there, here]


async def test_notes_are_searched_without_case_and_letter_by_letter(ann: Person) -> None:
    great = await done(ann, notes="Great session, hit a new PR on BÄNCH")
    odd = await done(ann, notes="50% of 100_000!")
    await done(ann, template="Great")
    assert await ids(ann, "search=new%20pr") == [great]
    assert await ids(ann, "search=b%C3%A4nch") == [great]
    for sign in ("%25", "_", "!", "0%25", "000!"):
        assert await ids(ann, f"search={sign}") == [odd]
    assert await ids(ann, "search=50_") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("sortBy=name", "SortBy"),
        ("sortDirection=up", "SortDirection"),
        ("locationId=x", "LocationId"),
        ("locationId=0", "LocationId"),
        ("locationId=9223372036854775808", "LocationId"),
        ("minRating=0", "MinRating"),
        ("minRating=6", "MinRating"),
        ("minRating=x", "MinRating"),
        ("pageSize=x", "PageSize"),
        ("search=a%00b", "Search"),
        (f"search={'a' * 201}", "Search"),
        ("sortBy=date&sortBy=rating", "SortBy"),
        ("cursor=a&cursor=b", "Cursor"),
    ],
)
async def test_a_question_that_cannot_be_is_refused(ann: Person, query: str, field: str) -> None:
    await refused(await ann.json("GET", f"/api/Workouts?{query}"), 400, field)


async def test_the_statements_of_a_page_do_not_grow_with_the_history(
    app: Quart, ann: Person
) -> None:
    costs = []
    for _ in range(2):
        for day in range(20):
            await did(ann, day)
        for path in ("/api/Workouts?sortBy=rating&pageSize=50", "/api/Workouts/Recent"):
            with counted() as statements:
                await shown(ann, path)
            costs.append(len(statements))
    assert costs[2:] == [2, 2]
