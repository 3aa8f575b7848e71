"""Registering, signing in and out, changing and deleting an account, as pages."""

from dataclasses import replace
from typing import Any

import pytest
from quart import Quart
from tortoise import Tortoise

from tests.support.people import PASSWORD, Browser
from tests.support.world import Person
from webapp import create_app, passwords
from webapp.accounts import local_path
from webapp.db import row
from webapp.models import KeptAnswer, LoginSession, User
from webapp.settings import Settings


async def test_registering_signs_in_at_once_with_the_units_and_the_zone_said(app: Quart) -> None:
    browser = Browser(app)
    page = await (await browser.get("/register")).get_data(as_text=True)
    assert 'name="timezone"' in page
    answer = await browser.register("Cleo", weight_unit="lb", timezone="Europe/Berlin")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    user = await User.get(username="Cleo")
    assert (user.weight_unit, user.distance_unit, user.timezone) == ("lb", "mi", "Europe/Berlin")
    assert user.email is None
    assert user.password_hash is not None
    assert user.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await browser.is_in()


async def test_a_refused_registration_shows_what_was_typed_but_no_password(app: Quart) -> None:
    await Browser(app).register("cleo", email="cleo@example.org")
    said = {"username": "CLEO", "email": "mo@example.org", "weight_unit": "lb"}
    answer = await Browser(app).register(**said)
    page = await answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "This user name is already taken" in page
    assert 'value="CLEO"' in page
    assert 'value="mo@example.org"' in page
    assert 'value="lb" checked' in page
    assert PASSWORD not in page


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("username", "", "Must be 3 to 50"),
        ("username", "a b", "Must be 3 to 50"),
        ("username", "a@b.example", "Must be 3 to 50"),
        ("username", "x" * 51, "Must be 3 to 50"),
        ("username", "ﬃ" * 50, "Is too long"),
        ("email", "nowhere", "Must be an e-mail address"),
        ("email", "x@" + "y" * 260, "Must be at most 254"),
        ("password", "seven77", "Must be at least 8"),
        ("password", "x" * 129, "Must be at most 128"),
        ("password", "PASSWORD1", "most common"),
        ("password", "somebody", "your own name"),
        ("weight_unit", "stone", ""),
    ],
)
async def test_a_registration_says_what_is_wrong_with_it(
    app: Quart, field: str, value: str, reason: str
) -> None:
    answer = await Browser(app).register(**{"username": "somebody", field: value})
    assert answer.status_code == 400
    assert reason in await answer.get_data(as_text=True)
    assert not await User.exists()


async def test_a_zone_that_only_the_browser_knows_keeps_nobody_out(app: Quart) -> None:
    assert (await Browser(app).register(timezone="Europe/Atlantis")).status_code == 303
    assert (await User.get()).timezone == "UTC"


async def test_a_password_of_8_or_of_128_characters_and_with_spaces_around_is_taken_as_it_is(
    app: Quart,
) -> None:
    for name, password in (("anna", "8 zeichn"), ("bert", "ü" * 128), ("carl", "  spaces ")):
        assert (await Browser(app).register(name, password=password)).status_code == 303
        assert (await Browser(app).sign_in(name, password)).status_code == 303
    assert (await Browser(app).sign_in("carl", "spaces")).status_code == 401


async def test_a_registration_sent_twice_makes_one_account_and_signs_in_both_times(
    app: Quart,
) -> None:
    first, second = Browser(app), Browser(app)
    assert (await first.register(key="one-key")).status_code == 303
    again = await second.register(key="one-key")
    assert (again.status_code, again.headers["Location"]) == (303, "/")
    assert again.headers["Idempotent-Replayed"] == "true"
    assert await User.all().count() == 1
    assert await first.is_in()
    assert await second.is_in()
    other = await Browser(app).register(key="one-key", password="quince-meadow-4")
    assert other.status_code == 422


async def test_what_is_kept_of_a_registration_gives_no_password_away(app: Quart) -> None:
    await Browser(app).register(key="one-key")
    kept = await KeptAnswer.get()
    assert kept.user_id is not None  # type: ignore[attr-defined]
    text = f"{kept.headers} {bytes(kept.body)!r} {kept.fingerprint}"
    assert "setlog=" not in text
    assert PASSWORD not in text


async def test_closed_registration_refuses_everybody_and_says_so(settings: Settings) -> None:
    app = create_app(replace(settings, registration_open=False))
    async with app.test_app():
        browser = Browser(app)
        assert "Registration is closed" in await (await browser.get("/register")).get_data(True)
        assert "/register" not in await (await browser.get("/login")).get_data(True)
        assert (await browser.register()).status_code == 403
        client: Any = app.test_client(use_cookies=False)
        answer = await client.post("/api/user/register", json={})
        assert (answer.status_code, (await answer.get_json()).keys()) == (403, {"error"})
        assert not await User.exists()


@pytest.mark.parametrize(
    "login", ["cleo", "CLEO", " cleo ", "cleo@example.org", "Cleo@EXAMPLE.org"]
)
async def test_signing_in_by_user_name_or_e_mail_in_any_case(app: Quart, login: str) -> None:
    await Browser(app).register("Cleo", email="cleo@example.org")
    browser = Browser(app)
    answer = await browser.sign_in(login)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert await browser.is_in()


async def test_a_wrong_sign_in_keeps_what_was_typed_and_says_the_same_for_all(app: Quart) -> None:
    await Browser(app).register()
    said = []
    for login in ("cleo", "nobody"):
        answer = await Browser(app).sign_in(login, "wrong-orchard-9", next="/workouts")
        page = await answer.get_data(as_text=True)
        assert answer.status_code == 401
        assert f'value="{login}"' in page
        assert "Whoever runs this server" in page
        assert 'value="/workouts"' in page
        assert "wrong-orchard-9" not in page
        assert answer.headers.getlist("Set-Cookie") == []
        said.append(page.replace(login, "?"))
    assert said[0] == said[1]


async def test_the_password_of_an_unknown_user_is_hashed_too(
    app: Quart, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    real = passwords._verify

    def verify(stored: str, password: bytes) -> bool:
        checked.append(stored)
        return real(stored, password)

    monkeypatch.setattr(passwords, "_verify", verify)
    await Browser(app).sign_in("nobody")
    assert checked == [passwords.NOBODY]
    assert not passwords.is_dated(passwords.NOBODY)


async def test_a_user_without_a_password_cannot_sign_in_with_one(app: Quart, ann: Person) -> None:
    assert ann.user.password_hash is None
    for password in ("hello", PASSWORD):
        assert (await Browser(app).sign_in("ann", password)).status_code == 401


async def test_an_inactive_user_cannot_sign_in(app: Quart) -> None:
    await Browser(app).register()
    await User.all().update(is_active=False)
    assert (await Browser(app).sign_in()).status_code == 401


async def test_a_hash_of_older_parameters_is_renewed_at_the_next_sign_in(app: Quart) -> None:
    from argon2 import PasswordHasher

    await Browser(app).register()
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    await User.all().update(password_hash=old)
    refused = await Browser(app).sign_in(password="wrong-orchard-9")
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert (await User.get()).password_hash == old
    assert (await Browser(app).sign_in()).status_code == 303
    renewed = (await User.get()).password_hash
    assert renewed is not None
    assert "m=19456,t=2,p=1" in renewed
    assert (await Browser(app).sign_in()).status_code == 303


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        " /x",
    ],
)
async def test_a_sign_in_leads_to_no_other_site(app: Quart, url: str) -> None:
    await Browser(app).register()
    assert local_path(url) == "/"
    answer = await Browser(app).sign_in(next=url)
    assert answer.headers["Location"] in ("/", "/x")


async def test_a_page_that_needs_a_sign_in_is_gone_to_after_it(app: Quart) -> None:
    browser = Browser(app)
    await Browser(app).register()
    sent = await browser.get("/settings/devices?a=1&b=2")
    assert (sent.status_code, sent.headers["Location"]) == (
        303,
        "/login?next=/settings/devices%3Fa%3D1%26b%3D2",
    )
    page = await (await browser.get(sent.headers["Location"])).get_data(as_text=True)
    assert 'name="next" value="/settings/devices?a=1&amp;b=2"' in page
    answer = await browser.sign_in(next="/settings/devices?a=1&b=2")
    assert answer.headers["Location"] == "/settings/devices?a=1&b=2"


async def test_who_is_signed_in_needs_no_form_for_it(app: Quart) -> None:
    browser = Browser(app)
    await browser.register()
    for path in ("/login", "/register"):
        answer = await browser.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")


async def test_the_account_page_changes_names_and_frees_the_old_ones(
    app: Quart, bob: Person
) -> None:
    browser = Browser(app)
    await browser.register(email="cleo@example.org")
    said = {"username": "Chloë", "email": "", "first_name": "Chloë", "last_name": "Vance"}
    answer = await browser.post("/settings/account", said)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings/account")
    page = await (await browser.get("/settings/account")).get_data(as_text=True)
    assert 'value="Chloë"' in page
    assert "Saved" in page
    assert (await Browser(app).sign_in("CHLOË")).status_code == 303
    assert (await Browser(app).sign_in("cleo@example.org")).status_code == 401
    assert (await Browser(app).register("cleo", email="cleo@example.org")).status_code == 303
    taken = await browser.post("/settings/account", {**said, "username": "BOB"})
    assert taken.status_code == 409
    assert (await User.get(id=bob.user.id)).username == "bob"


async def test_something_to_sign_in_with_remains(app: Quart) -> None:
    browser = Browser(app)
    await browser.register()
    answer = await browser.post("/settings/account", {"username": "", "email": ""})
    assert answer.status_code == 400
    assert "Keep a user name or an e-mail" in await answer.get_data(as_text=True)
    assert (await Browser(app).sign_in()).status_code == 303


async def test_an_account_is_deleted_with_its_password_and_everything_goes(
    app: Quart, ann: Person
) -> None:
    browser = Browser(app)
    await browser.register(email="cleo@example.org", key="one-key")
    await browser.post("/settings", {"theme": "dark"}, Idempotency_Key="k")
    wrong = await browser.post("/settings/account/delete", {"password": "wrong-orchard-9"})
    assert wrong.status_code == 400
    assert "This is not your password" in await wrong.get_data(as_text=True)
    gone = await browser.post("/settings/account/delete", {"password": PASSWORD})
    assert (gone.status_code, gone.headers["Location"]) == (303, "/login")
    assert "everything in it is deleted" in await (await browser.get("/login")).get_data(True)
    assert not await browser.is_in()
    assert (await browser.sign_in()).status_code == 401
    assert [user.username for user in await User.all()] == ["ann"]
    await _nothing_is_left_of_others(ann.user.id)


async def _nothing_is_left_of_others(user_id: int) -> None:
    owned = 0
    for model in Tortoise.apps["models"].values():
        meta = model._meta
        if "user_id" in meta.fields_map and meta.db_table != "exercises":
            owned += 1
            sql = f"SELECT COUNT(*) AS n FROM {meta.db_table} WHERE user_id <> ?"
            found = await row(sql, user_id)
            assert found is not None
            assert found["n"] == 0, meta.db_table
    assert owned > 10


async def test_ann_and_bob_edit_only_themselves(ann: Person, bob: Person) -> None:
    said = {"username": "bob2", "email": "bob2@example.org", "first_name": "B", "last_name": ""}
    assert (await bob.page("POST", "/settings/account", said)).status_code == 303
    assert (await User.get(id=ann.user.id)).username == "ann"
    account = await (
        await ann.json("GET", "/settings/account", Accept="application/json")
    ).get_json()
    assert account["email"] == "ann@example.org"
    assert (await bob.page("POST", "/logout")).status_code == 303
    assert (await ann.page("GET", "/settings")).status_code == 200
    assert (await bob.page("GET", "/settings")).status_code == 303


async def test_signing_out_ends_the_session_and_drops_the_cookie(app: Quart) -> None:
    browser = Browser(app)
    await browser.register()
    stolen = browser.cookie().value
    answer = await browser.post("/logout")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login")
    assert browser.cookie() is None
    thief = Browser(app)
    thief.client.set_cookie("localhost", "setlog", stolen)
    assert not await thief.is_in()
    assert await LoginSession.filter(revoked_at=None).count() == 0


async def test_more_leads_to_every_page_of_the_account(ann: Person) -> None:
    page = await (await ann.page("GET", "/more")).get_data(as_text=True)
    moving = ("/import", "/settings/export", "/body")
    account = ("/settings", "/settings/plates", "/settings/account", "/settings/devices")
    for path in (*moving, *account):
        assert f'href="{path}"' in page
        assert (await ann.page("GET", path)).status_code == 200
    assert 'action="/logout"' in page


@pytest.mark.parametrize(
    "path",
    [
        "/more",
        "/settings",
        "/settings/plates",
        "/settings/account",
        "/settings/password",
        "/settings/devices",
        "/settings/tokens",
    ],
)
async def test_every_page_of_the_account_needs_a_sign_in(app: Quart, path: str) -> None:
    answer = await Browser(app).get(path)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/login?next=")
    asked = await Browser(app).get(path, Accept="application/json")
    assert (asked.status_code, await asked.get_json()) == (401, {"error": "Please sign in"})
