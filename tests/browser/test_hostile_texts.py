"""Scripts that somebody stored in every text there is run on no page, with and without signal."""

import asyncio
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog
from tortoise import fields

from tests.browser.phone import Phone, new_phone
from tests.support import everything
from tests.support.serving import setlog_process
from tests.support.world import register
from webapp import create_app, models
from webapp.catalogue import prepare
from webapp.claims import contract_of
from webapp.db import rows
from webapp.models import WebhookDelivery
from webapp.settings import Settings

SECRET = "a secret of the tests, long enough to be one"
# Out of an attribute, a title, a text field, a script and a comment; then every way to run, and
# what a template would work out.
PAYLOAD = (
    "'\"--></title></textarea></script><script>hit()</script><img src=x onerror=hit()>"
    "<svg/onload=hit()><a href=javascript:hit() id=hit>{{7*7}}${7*7}"
)
# The same for what has room for 100 characters only, or lies in JSON.
SHORT = "'\"></title></script><script>hit()</script><img src=x onerror=hit()><b id=hit>{{7*7}}"
TEXTS = {
    "exercises": ("name", "body_part", "notes", "model", "picture_url"),
    "exercise_settings": ("note",),
    "imports": ("file_name",),
    "locations": ("name", "instagram_handle", "notes", "address"),
    "identities": ("email", "issuer"),
    "login_sessions": ("device", "address"),
    "routines": ("name", "description", "program"),
    "routine_items": ("exercise_name", "note"),
    "tokens": ("name",),
    "workouts": ("routine_name", "name", "notes", "location_name"),
    "workout_items": ("exercise_name", "body_part", "note"),
    "workout_sets": ("band", "notes"),
    "webhook_deliveries": ("answer", "error"),
    "webhooks": ("url",),
}
LISTS = {"exercises": "aliases", "routines": "tags"}  # of texts
OF_THE_USER = ("username", "email", "first_name", "last_name", "name", "profile_image_url")
# What all others hold is said by the program: a word of a list, a hash, what is searched by.
OURS = re.compile(
    r"\w+_(unit|key|hash|group)|kind|type|status|format|contract|scope|key|route|fingerprint|secret"
    r"|reason|claimed_by|measure|load|implement|modality|slug|search_text|source|set_type|theme"
    r"|timezone|hint|body|edition|subject|nonce|verifier|next_url|contact|endpoint|p256dh|auth"
)
NO_PAGES = (
    *("/static/", "/worker.js", "/manifest.json", "/export.", "/login/oidc", "/healthz"),
    "/readyz",
)
NO_PAGE_ENDS = ("/openapi.json", "/problems")
SAID = quote(PAYLOAD, safe="")
REFLECTED = (
    f"/exercises?q={SAID}&muscle={SAID}",
    f"/exercises/new?name={SAID}",
    f"/workouts?q={SAID}&place={SAID}&routine={SAID}&from={SAID}&before={SAID}&sort={SAID}",
    f"/workouts/filter?q={SAID}&place={SAID}",
    f"/workouts/calendar?month={SAID}",
    f"/stats?range={SAID}&exercise={SAID}",
    f"/session/add?q={SAID}",
    f"/body?before={SAID}",
    f"/nowhere/{SAID}",
    f"/docs/{SAID}",
    f"/s/{SAID}",
)
WATCH = """
window.hits = 0;
window.hit = () => { window.hits += 1; };
"""
LOOK = """() => {
  const made = document.querySelectorAll(
    '[onerror], [onload], #hit, img[src="x"], [href^="javascript:" i], [src^="javascript:" i]');
  const scripts = [...document.scripts].filter((each) => each.textContent.includes('hit('));
  return [window.hits, made.length + scripts.length, window.seen.violations,
    document.documentElement.innerHTML.includes('{{7*7}}')];
}"""


@dataclass(frozen=True)
class Trap:
    """A server with ann's hostile texts on it: her cookie, and every page there is."""

    site: str
    cookie: str
    pages: list[str]
    offline: list[str]


def _cookie(client: Any) -> str:
    [value] = [each.value for each in client.cookie_jar if each.name == "setlog"]
    return str(value)


async def _stored(folder: Path) -> tuple[str, list[str], list[str]]:
    url = f"sqlite://{folder}/setlog.sqlite3"
    settings = Settings(database_url=url, secret_key=SECRET, insecure_http=True)
    await prepare(settings)
    app = create_app(settings)
    async with app.test_app():
        ann = await register(app, "ann")
        world = await everything.fill(ann)
        shared = await ann.page("POST", f"/workouts/{world['past'].uuid}/share", {"notes": "1"})
        assert shared.status_code == 303
        told: dict[str, Any] = {"user": ann.user, "webhook": world["webhook"], "answer": SHORT}
        await WebhookDelivery.create(type="workout.changed", body="{}", answer_status=500, **told)
        await WebhookDelivery.create(type="webhook.test", body="{}", status="given_up", **told)
        for table, columns in TEXTS.items():
            changes = ", ".join(f"{name} = ?" for name in columns)
            sql = f"UPDATE {table} SET {changes} WHERE user_id = ?"
            await rows(sql, *(PAYLOAD for _ in columns), ann.user.id)
        for table, column in LISTS.items():
            sql = f"UPDATE {table} SET {column} = ? WHERE user_id = ?"
            await rows(sql, json.dumps([SHORT, "b"]), ann.user.id)
        changes = ", ".join(f"{name} = ?" for name in OF_THE_USER)
        await rows(f"UPDATE users SET {changes}", *(PAYLOAD for _ in OF_THE_USER))
        (key,) = await rows("SELECT share_key FROM workouts WHERE share_key IS NOT NULL")
        pages = sorted(
            everything.path_of(app, rule, world)
            for rule in app.url_map.iter_rules()
            if contract_of(rule) == "pages"
            and "GET" in (rule.methods or ())
            and not rule.rule.startswith(NO_PAGES)
            and not rule.rule.endswith(NO_PAGE_ENDS)
        )
        offline = [each for each in pages if each == "/" or each.startswith("/session")]
        return _cookie(ann.client), [*pages, f"/s/{key['share_key']}"], offline


@pytest.fixture(scope="module")
def trap(tmp_path_factory: Any) -> Iterator[Trap]:
    folder: Path = tmp_path_factory.mktemp("trap")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(everything, "PRIVATE", SHORT)
        with ThreadPoolExecutor(1) as aside:  # Playwright has this thread's loop
            cookie, pages, offline = aside.submit(asyncio.run, _stored(folder)).result()
    with setlog_process(folder, SETLOG_SECRET_KEY=SECRET) as site:
        yield Trap(site, cookie, pages, offline)


@pytest.fixture
def victim(browser: Browser, trap: Trap) -> Iterator[Phone]:
    """A phone that is signed in as ann, and notes dialogs as errors."""
    phone = new_phone(browser, trap.site)
    phone.page.add_init_script(WATCH)
    phone.page.on("dialog", lambda each: _refused(phone, each))
    phone.page.context.add_cookies([{"name": "setlog", "value": trap.cookie, "url": trap.site}])
    yield phone
    phone.page.context.close()


def _refused(phone: Phone, dialog: Dialog) -> None:
    phone.errors.append(f"a dialog: {dialog.message}")
    dialog.dismiss()


def look(phone: Phone, path: str) -> bool:
    """Open a page; whether what was stored stands there, as a text."""
    answer = phone.page.goto(phone.site + path)
    assert answer is not None and answer.status < 500, path
    hits, made, violations, is_there = phone.page.evaluate(LOOK)
    assert (hits, made, violations) == (0, 0, []), path
    return bool(is_there)


def test_no_column_that_holds_what_somebody_wrote_is_left_out() -> None:
    known = {**TEXTS, "users": OF_THE_USER}
    for name in models.__all__:
        model = getattr(models, name)
        for column, field in model._meta.fields_map.items():
            if isinstance(field, (fields.CharField, fields.TextField)):
                table = model._meta.db_table
                is_ours = OURS.fullmatch(column) or (table, column) == ("feeds", "name")
                assert column in known.get(table, ()) or is_ours, f"{table}.{column}"


def test_no_stored_text_runs_on_any_page(victim: Phone, trap: Trap) -> None:
    shown = [path for path in trap.pages if look(victim, path)]
    assert len(trap.pages) > 50
    assert len(shown) > 35, "it has to be there to be harmless"
    assert any(path.startswith("/s/") for path in shown)
    assert any(path.startswith("/settings/webhooks/") for path in shown)
    assert [each for each in victim.errors if "status of 4" not in each] == []
    assert victim.strangers == []


def test_no_text_of_an_address_runs_on_the_page_that_tells_it_back(
    victim: Phone, trap: Trap
) -> None:
    for path in REFLECTED:
        look(victim, path)
    form = f"/login?next={SAID}"
    victim.page.context.clear_cookies()
    assert look(victim, form)
    victim.page.get_by_label("User name or e-mail").fill(PAYLOAD)
    victim.page.get_by_label("Password").fill("wrong-orchard-9")
    victim.page.get_by_role("button", name="Sign in").click()
    victim.page.get_by_text("do not belong together").first.wait_for()
    hits, made, violations, is_there = victim.page.evaluate(LOOK)
    assert (hits, made, violations, is_there) == (0, 0, [], True)


def test_no_stored_text_runs_on_what_the_worker_renders(victim: Phone, trap: Trap) -> None:
    look(victim, "/")
    victim.until_offline_ready()
    victim.page.context.set_offline(True)
    shown = [path for path in trap.offline if look(victim, path)]
    assert len(shown) >= 8, shown
    assert {"/", "/session"} <= set(shown)
