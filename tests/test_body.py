"""The log of one's body weight; bob sees and changes nothing of ann's."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.statements import counted
from tests.support.world import Person
from webapp.ids import uuid7
from webapp.models import BodyWeight, User
from webapp.models.body import known
from webapp.models.fields import grams

THEN = datetime(2024, 1, 5, 7, 30, tzinfo=UTC)


async def said(answer: Any, status: int = 200) -> Any:
    text = await answer.get_data(as_text=True)
    assert answer.status_code == status, text
    return await answer.get_json() if text else None


async def text(person: Person, path: str = "/body") -> str:
    answer = await person.page("GET", path)
    assert answer.status_code == 200, path
    return str(await answer.get_data(as_text=True))


async def enter(person: Person, weight: Any, at: datetime = THEN, **more: Any) -> Any:
    body = {"weight": weight, "measured_at": at.isoformat(), **more}
    return await said(await person.json("POST", "/api/body", body), 201)


async def fill(person: Person, amount: int) -> None:
    """Entries of the last days, one a day."""
    now = datetime.now(UTC)
    entries = []
    for back in range(amount):
        kilos = f"{80 + back % 5 / 10}"
        facts: dict[str, Any] = {"weight": kilos, "weight_unit": "kg"}
        facts |= {"weight_grams": grams(kilos, "kg"), "measured_at": now - timedelta(days=back)}
        entries.append(BodyWeight(user=person.user, **facts))
    await BodyWeight.bulk_create(entries)


async def test_a_weight_is_entered_changed_and_deleted_by_plain_forms(
    ann: Person, bob: Person
) -> None:
    assert "What do you weigh?" in await text(ann)
    form = {"weight": "82,5", "day": "2024-01-05", "hour": "07:30", "uuid": str(uuid7())}
    answer = await ann.page("POST", "/body", form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/body")
    entry = await BodyWeight.get(user=ann.user)
    assert (str(entry.weight), entry.weight_unit, entry.weight_grams) == ("82.5", "kg", 82_500)
    assert entry.measured_at == THEN
    assert "82.5 kg" in await text(ann, "/body?range=all")
    at = f"/body/{entry.uuid}"
    shown = await text(ann, at)
    assert 'value="82.5"' in shown and 'value="2024-01-05"' in shown and 'value="07:30"' in shown
    answer = await ann.page("POST", at, {"weight": "81", "day": "2024-01-04", "hour": "08:00"})
    assert answer.status_code == 303
    entry = await BodyWeight.get(user=ann.user)
    assert str(entry.weight) == "81"
    assert entry.measured_at == datetime(2024, 1, 4, 8, tzinfo=UTC)
    assert (await ann.page("POST", f"{at}/delete")).status_code == 303
    assert not await BodyWeight.exists()
    assert "What do you weigh?" in await text(bob)


async def test_a_deleted_weight_is_taken_back_by_its_undo_alone(ann: Person, bob: Person) -> None:
    made = await enter(ann, 82.5)
    before = await BodyWeight.filter(user=ann.user).values()
    await ann.page("POST", f"/body/{made['id']}/delete")
    undo = re.search(r'action="(/body/restore\?entry=[^"]+)"', await text(ann))
    assert undo is not None
    assert (await bob.page("POST", undo[1])).status_code == 404
    assert not await BodyWeight.exists()
    for _ in range(2):
        assert (await ann.page("POST", undo[1])).status_code == 303
    after = await BodyWeight.filter(user=ann.user).values()
    same = ("uuid", "measured_at", "weight", "weight_unit", "weight_grams")
    assert [{name: each[name] for name in same} for each in after] == [
        {name: each[name] for name in same} for each in before
    ]
    for forged in ("/body/restore", "/body/restore?entry=", f"{undo[1]}x"):
        assert (await ann.page("POST", forged)).status_code == 404


async def test_an_hour_that_is_not_touched_keeps_its_seconds(ann: Person) -> None:
    made = await enter(ann, 82.5, THEN + timedelta(seconds=12))
    form = {"weight": "82", "day": "2024-01-05", "hour": "07:30"}
    await ann.page("POST", f"/body/{made['id']}", form)
    assert (await BodyWeight.get(user=ann.user)).measured_at == THEN + timedelta(seconds=12)


async def test_day_and_hour_are_the_persons(ann: Person) -> None:
    await User.filter(id=ann.user.id).update(timezone="Pacific/Auckland")
    await ann.page("POST", "/body", {"weight": "80", "day": "2024-01-05", "hour": "07:30"})
    entry = await BodyWeight.get(user=ann.user)
    assert entry.measured_at == datetime(2024, 1, 4, 18, 30, tzinfo=UTC)
    assert 'value="2024-01-05"' in await text(ann, f"/body/{entry.uuid}")
    await said(
        await ann.json("POST", "/api/body", {"weight": 81, "measured_at": "2024-01-06T07:30"}), 201
    )
    newest = await BodyWeight.filter(user=ann.user).order_by("-measured_at").first()
    assert newest is not None
    assert newest.measured_at == datetime(2024, 1, 5, 18, 30, tzinfo=UTC)


async def test_a_program_says_it_in_the_words_of_live(ann: Person, bob: Person) -> None:
    made = await enter(ann, 82.5)
    assert made == {"id": made["id"], "weight": 82.5, "measured_at": "2024-01-05T07:30:00Z"}
    at = f"/api/body/{made['id']}"
    assert await said(await ann.json("GET", at)) == made
    changed = await said(await ann.json("PUT", at, {"weight": 83}))
    assert changed == {**made, "weight": 83}
    assert await said(await ann.json("GET", "/api/body")) == {"weights": [changed], "next": None}
    assert await said(await bob.json("GET", "/api/body")) == {"weights": [], "next": None}
    for method, body in (("GET", None), ("PUT", {"weight": 1}), ("DELETE", None)):
        assert (await bob.json(method, at, body)).status_code == 404
    assert (await ann.json("DELETE", at)).status_code == 204
    assert (await ann.json("GET", at)).status_code == 404
    assert await enter(ann, 82.5, id=made["id"]) == made


async def test_the_same_id_enters_once(ann: Person) -> None:
    uuid = str(uuid7())
    assert await enter(ann, 82.5, id=uuid) == await enter(ann, 90, id=uuid)
    assert await BodyWeight.all().count() == 1


async def test_what_is_told_is_in_the_persons_unit_and_stays_as_entered(ann: Person) -> None:
    made = await enter(ann, 80)
    await User.filter(id=ann.user.id).update(weight_unit="lb")
    assert (await said(await ann.json("GET", f"/api/body/{made['id']}")))["weight"] == 176.37
    moved = {"measured_at": "2024-01-04T07:30:00Z"}
    await said(await ann.json("PUT", f"/api/body/{made['id']}", moved))
    entry = await BodyWeight.get(user=ann.user)
    assert (str(entry.weight), entry.weight_unit) == ("80", "kg")
    await said(await ann.json("PUT", f"/api/body/{made['id']}", {"weight": 180}))
    entry = await BodyWeight.get(user=ann.user)
    assert (str(entry.weight), entry.weight_unit, entry.weight_grams) == ("180", "lb", 81_647)


@pytest.mark.parametrize(
    "wrong",
    [{"weight": ""}, {"weight": "0"}, {"weight": "9999"}, {"weight": "heavy"}, {"weight": "-1"},
     {"weight": "1e3000"}, {"weight": "80.1234"}, {"day": "2026-13-01"}, {"hour": "25:00"},
     {"day": "2199-01-01"}, {"uuid": "nonsense"}],
)  # fmt: skip
async def test_a_wrong_word_shows_the_form_again_and_enters_nothing(
    ann: Person, wrong: dict[str, str]
) -> None:
    form = {"weight": "82.5", "day": "2024-01-05", "hour": "07:30", **wrong}
    answer = await ann.page("POST", "/body", form)
    page = await answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert 'class="error"' in page or "uuid" in wrong
    assert not await BodyWeight.exists()


async def test_a_wrong_change_changes_nothing(ann: Person) -> None:
    made = await enter(ann, 82.5)
    at = f"/body/{made['id']}"
    answer = await ann.page("POST", at, {"weight": "x", "day": "2024-01-05"})
    assert answer.status_code == 400 and 'value="x"' in await answer.get_data(as_text=True)
    refused = await ann.json("PUT", f"/api{at}", {"measured_at": "2199-01-01T00:00:00Z"})
    assert list((await said(refused, 400))["fields"]) == ["measured_at"]
    assert await said(await ann.json("GET", f"/api{at}")) == made


async def test_the_newest_entry_is_what_gym_tells(ann: Person) -> None:
    await enter(ann, 82.5)
    await enter(ann, 90, THEN - timedelta(days=3))
    assert str(await known(ann.user.id, "kg")) == "82.5"
    told = await said(await ann.json("GET", "/api/UserPreferences", Accept_Profile="gym"))
    assert told["bodyweight"] == 82.5


async def test_the_chart_and_the_list_go_back_as_far_as_is_asked(ann: Person, bob: Person) -> None:
    await fill(ann, 400)
    page = await text(ann, "/body")
    assert page.count("<circle") > 80 and "since" in page
    assert re.search(r"The average of each week, of 36\d days", await text(ann, "/body?range=1y"))
    seen: list[str] = []
    before: Any = ""
    while before is not None:
        found = await said(await ann.json("GET", f"/api/body?before={before}"))
        seen += [each["id"] for each in found["weights"]]
        before = found["next"]
    every = await BodyWeight.filter(user=ann.user).order_by("-measured_at")
    assert seen == [str(each.uuid) for each in every]
    assert f"before={every[19].uuid}" in page
    assert "What do you weigh?" in await text(bob)


async def test_the_log_costs_two_statements_however_long_it_is(ann: Person) -> None:
    costs = []
    for amount in (2, 90):
        await fill(ann, amount)
        with counted() as statements:
            await text(ann, "/body?range=all")
        costs.append(len(statements))
    assert costs == [2, 2]


async def test_entries_of_long_ago_alone_leave_the_chart_out(ann: Person) -> None:
    await enter(ann, 82.5, datetime(2020, 1, 5, 7, 30, tzinfo=UTC))
    page = await text(ann)
    assert "There are no entries in this period" in page and "5 Jan" in page
    assert "<circle" in await text(ann, "/body?range=all")
