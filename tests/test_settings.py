"""Settings: how a person likes to train, plates and bars, the password."""

from typing import Any
from urllib.parse import urlencode

import pytest
from quart import Quart, Response

from tests.support.people import PASSWORD, Browser
from tests.support.world import PAGE, Person
from webapp.models import LoginSession, Token, User
from webapp.training.plates import bars, stock

SETTINGS = {
    "weight_unit": "lb",
    "distance_unit": "mi",
    "timezone": "America/New_York",
    "first_day_of_week": 7,
    "theme": "dark",
    "default_rest_seconds": 120,
    "rest_timer_on": False,
    "timer_sound": False,
    "rpe_on": True,
}
JSON = {"Accept": "application/json"}


async def asked(person: Person, path: str) -> Any:
    answer = await person.json("GET", path, **JSON)
    assert answer.status_code == 200
    return await answer.get_json()


async def send(person: Person, form: dict[str, Any]) -> Response:
    """The settings form as a browser sends it: a hidden 0 goes before a checked box."""
    headers = {**PAGE, "Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode(form, doseq=True)
    answer: Response = await person.client.post("/settings", headers=headers, data=body)
    return answer


async def test_settings_are_told_and_changed_as_json(ann: Person, bob: Person) -> None:
    before = await asked(ann, "/settings")
    assert before == {
        "weight_unit": "kg",
        "distance_unit": "km",
        "timezone": "UTC",
        "first_day_of_week": 1,
        "theme": "auto",
        "default_rest_seconds": 90,
        "rest_timer_on": True,
        "timer_sound": True,
        "rpe_on": False,
    }
    answer = await ann.json("POST", "/settings", SETTINGS, **JSON)
    assert (answer.status_code, await answer.get_json()) == (200, SETTINGS)
    assert answer.headers.getlist("Set-Cookie") == []
    one = await ann.json("POST", "/settings", {"theme": "light"}, **JSON)
    assert await one.get_json() == {**SETTINGS, "theme": "light"}
    assert await asked(bob, "/settings") == before


async def test_the_form_turns_a_switch_off_by_not_sending_it(ann: Person, bob: Person) -> None:
    off = {"rest_timer_on": "0", "timer_sound": "0", "rpe_on": ["0", "1"]}
    answer = await send(ann, {**SETTINGS, **off})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings")
    page = await (await ann.page("GET", "/settings")).get_data(as_text=True)
    assert '<html lang="en" data-theme="dark">' in page
    assert "Saved" in page
    assert page.count(" checked") == 4, "three units and themes, and RPE"
    assert '<option value="America/New_York" selected>' in page
    assert await asked(ann, "/settings") == SETTINGS
    assert (await asked(bob, "/settings"))["rpe_on"] is False


async def test_a_setting_is_saved_at_once_by_htmx(ann: Person, bob: Person) -> None:
    answer = await ann.htmx("POST", "/settings", {"weight_unit": "lb"})
    text = await answer.get_data(as_text=True)
    assert (answer.status_code, "Saved" in text, "<html" in text) == (200, True, False)
    assert "HX-Refresh" not in answer.headers
    assert (await asked(ann, "/settings"))["weight_unit"] == "lb"
    looks = await ann.htmx("POST", "/settings", {"theme": "dark"})
    assert looks.headers["HX-Refresh"] == "true"
    same = await ann.htmx("POST", "/settings", {"theme": "dark"})
    assert "HX-Refresh" not in same.headers
    wrong = await ann.htmx("POST", "/settings", {"timezone": "Mars/Olympus"})
    assert wrong.status_code == 400
    assert "Must be the name of a time zone" in await wrong.get_data(as_text=True)
    assert (await asked(ann, "/settings"))["timezone"] == "UTC"
    assert (await asked(bob, "/settings"))["weight_unit"] == "kg"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("weight_unit", "stone"),
        ("distance_unit", "m"),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../../etc/passwd"),
        ("first_day_of_week", 0),
        ("first_day_of_week", 2**70),
        ("theme", "pink"),
        ("default_rest_seconds", -1),
        ("default_rest_seconds", 3601),
        ("rest_timer_on", "perhaps"),
        ("rpe_on", []),
    ],
)
async def test_a_setting_that_is_wrong_is_named(ann: Person, field: str, value: Any) -> None:
    before = await asked(ann, "/settings")
    body = {"default_rest_seconds": 60, "theme": "dark", field: value}
    answer = await ann.json("POST", "/settings", body, **JSON)
    assert answer.status_code == 400
    assert list((await answer.get_json())["fields"]) == [field]
    assert await asked(ann, "/settings") == before


async def test_a_refused_form_is_shown_again_as_it_was_filled_in(ann: Person) -> None:
    form = {"timezone": "Mars/Olympus", "weight_unit": "lb", "rpe_on": ["0", "1"]}
    answer = await send(ann, form)
    page = await answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "Must be the name of a time zone" in page
    assert 'value="lb" checked' in page
    assert 'name="rpe_on" value="1" checked' in page


async def test_the_zone_a_person_has_is_offered_though_it_is_an_old_name(ann: Person) -> None:
    await User.filter(id=ann.user.id).update(timezone="US/Eastern")
    page = await (await ann.page("GET", "/settings")).get_data(as_text=True)
    assert '<option value="US/Eastern" selected>' in page


async def test_plates_and_bars_are_kept_for_each_unit(ann: Person, bob: Person) -> None:
    assert await asked(ann, "/settings/plates") == {"plates": {}, "bars": {}}
    said = {"plates": {"kg": {"20": 4, "25.0": 2, "1.25": 0}}, "bars": {"kg": [15, "20"]}}
    answer = await ann.json("POST", "/settings/plates", said, **JSON)
    kept = {"plates": {"kg": {"25": 2, "20": 4}}, "bars": {"kg": ["15", "20"]}}
    assert (answer.status_code, await answer.get_json()) == (200, kept)
    await ann.json("POST", "/settings/plates", {"bars": {"lb": ["45"]}}, **JSON)
    after = await asked(ann, "/settings/plates")
    assert after == {**kept, "bars": {"kg": ["15", "20"], "lb": ["45"]}}
    assert await asked(bob, "/settings/plates") == {"plates": {}, "bars": {}}


async def test_the_form_of_plates_says_what_the_calculator_reads(ann: Person) -> None:
    page = await (await ann.page("GET", "/settings/plates")).get_data(as_text=True)
    assert 'name="plates.kg.25"' in page
    assert 'name="bars.lb" type="text" value="45, 35, 15"' in page
    form = {"plates.kg.20": "2", "plates.kg.2.5": "4", "plates.kg.25": "0", "bars.kg": "15 20"}
    answer = await ann.page("POST", "/settings/plates", form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings/plates")
    user = await User.get(id=ann.user.id)
    assert [(str(weight), pairs) for weight, pairs in stock(user.plates, "kg")] == [
        ("20", 1),
        ("2.5", 2),
    ]
    assert [str(bar) for bar in bars(user.bars, "kg")] == ["15", "20"]
    page = await (await ann.page("GET", "/settings/plates")).get_data(as_text=True)
    assert 'value="15, 20"' in page


@pytest.mark.parametrize(
    "said",
    [
        {"plates": {"kg": {"0.3": 2}}},
        {"plates": {"kg": {"-5": 2}}},
        {"plates": {"kg": {"NaN": 2}}},
        {"plates": {"kg": {"1e9": 2}}},
        {"plates": {"kg": {"heavy": 2}}},
        {"plates": {"kg": {"20": 21}}},
        {"plates": {"kg": {"20": -1}}},
        {"plates": {"kg": {"20": True}}},
        {"plates": {"kg": {str(n): 2 for n in range(1, 14)}}},
        {"plates": {"stone": {"20": 2}}},
        {"plates": {"kg": [20]}},
        {"plates": "all", "plates.kg.20": 2},
        {"bars": {"kg": ["x"]}},
        {"bars": {"kg": 20}},
        {"bars": {"kg": [True]}},
        {"bars": {"kg": [201]}},
    ],
)
async def test_plates_that_nobody_has_are_refused(ann: Person, said: Any) -> None:
    answer = await ann.json("POST", "/settings/plates", said, **JSON)
    assert answer.status_code == 400
    assert (await answer.get_json())["fields"]
    assert await asked(ann, "/settings/plates") == {"plates": {}, "bars": {}}


async def test_another_password_signs_out_everywhere_else_and_tokens_stay(app: Quart) -> None:
    here, elsewhere, program = Browser(app), Browser(app), Browser(app)
    await here.register()
    await elsewhere.sign_in()
    said = {"email": "cleo", "password": PASSWORD}
    pair = await (await program.client.post("/api/user/login", json=said)).get_json()
    user = await User.get()
    _, personal = await Token.issue(user.id, name="Script", contract="live")
    before = here.cookie().value
    form = {"current": PASSWORD, "password": "quince-meadow-4"}
    answer = await here.post("/settings/password", form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings")
    assert here.cookie().value != before
    assert await here.is_in()
    assert not await elsewhere.is_in()
    assert await LoginSession.filter(revoked_at=None).count() == 1
    headers = {"Authorization": f"Bearer {pair['refresh_token']}"}
    client: Any = app.test_client(use_cookies=False)
    assert (await client.post("/api/user/refresh", headers=headers)).status_code == 401
    headers = {"Authorization": f"Bearer {personal}", **JSON}
    assert (await client.get("/settings", headers=headers)).status_code == 200
    assert (await Browser(app).sign_in()).status_code == 401
    assert (await Browser(app).sign_in(password="quince-meadow-4")).status_code == 303


@pytest.mark.parametrize(
    ("form", "field", "reason"),
    [
        ({"current": "wrong-orchard-9"}, "current", "This is not your password"),
        ({}, "current", "This is not your password"),
        ({"current": PASSWORD, "password": "seven77"}, "password", "Must be at least 8"),
        ({"current": PASSWORD, "password": "iloveyou"}, "password", "most common"),
        ({"current": PASSWORD, "password": "cleopatra"}, "password", "your own name"),
    ],
)
async def test_another_password_is_refused_with_a_reason(
    app: Quart, form: dict[str, str], field: str, reason: str
) -> None:
    browser = Browser(app)
    await browser.register("Cleopatra")
    answer = await browser.post("/settings/password", {"password": "quince-meadow-4", **form})
    page = await answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert reason in page
    assert f'id="f-{field}-error"' in page
    assert "quince-meadow-4" not in page
    assert (await Browser(app).sign_in("cleopatra")).status_code == 303


async def test_a_browser_that_was_left_open_takes_no_account_away(app: Quart) -> None:
    browser = Browser(app)
    await browser.register()
    sent = {**JSON, "Sec-Fetch-Site": "same-origin"}
    said = {"password": "quince-meadow-4", "first_name": "X"}
    answer = await browser.client.put("/api/user/edit", headers=sent, json=said)
    assert answer.status_code == 403
    answer = await browser.client.delete("/api/user", headers=sent)
    assert answer.status_code == 403
    assert (await User.get()).first_name != "X"
    assert (await Browser(app).sign_in()).status_code == 303
    named = await browser.client.put("/api/user/edit", headers=sent, json={"first_name": "Cleo"})
    assert named.status_code == 200


async def test_who_has_no_password_sets_one_without_another(ann: Person, bob: Person) -> None:
    page = await (await ann.page("GET", "/settings/password")).get_data(as_text=True)
    assert "Current password" not in page
    form = {"password": "quince-meadow-4"}
    assert (await ann.page("POST", "/settings/password", form)).status_code == 303
    assert (await User.get(id=bob.user.id)).password_hash is None
    answer = await Browser(ann.app).sign_in("ann", "quince-meadow-4")
    assert answer.status_code == 303


async def test_a_program_changes_the_password_and_stays_signed_in(app: Quart) -> None:
    await Browser(app).register()
    client: Any = app.test_client(use_cookies=False)
    said = {"email": "cleo", "password": PASSWORD}
    pair = await (await client.post("/api/user/login", json=said)).get_json()
    headers = {"Authorization": f"Bearer {pair['access_token']}", **JSON}
    body = {"current": PASSWORD, "password": "quince-meadow-4"}
    answer = await client.post("/settings/password", headers=headers, json=body)
    assert answer.status_code == 204
    assert (await client.get("/settings", headers=headers)).status_code == 200
    assert answer.headers.getlist("Set-Cookie") == []
