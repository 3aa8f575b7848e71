"""What a page leaves for the next one is said once, and nobody can make it up."""

from dataclasses import replace

import pytest
from quart import Quart

from tests.support.world import Person
from webapp import talk, toasts
from webapp.routing import anonymous

pytestmark = pytest.mark.own_app


def leaving(app: Quart, text: str, undo: str) -> None:
    @app.get("/leave")
    @anonymous
    async def leave():
        toasts.leave(text, undo)
        return talk.sent_on("/shown")

    @app.get("/shown")
    @anonymous
    async def shown():
        return talk.as_html(talk.page("flow/toast.html"))


async def test_a_line_is_said_once_with_its_undo(app: Quart) -> None:
    app._got_first_request = False
    leaving(app, "Workout „Ä“ deleted", "/workouts/7/restore")
    client = app.test_client()
    left = await client.get("/leave")
    assert "HttpOnly" in left.headers["Set-Cookie"] and "SameSite=Lax" in left.headers["Set-Cookie"]
    said = await (await client.get("/shown")).get_data(as_text=True)
    assert "Workout „Ä“ deleted" in said and 'action="/workouts/7/restore"' in said
    assert "deleted" not in await (await client.get("/shown")).get_data(as_text=True)


async def test_over_https_it_is_for_this_host_alone(app: Quart) -> None:
    app._got_first_request = False
    app.config["SETLOG"] = replace(app.config["SETLOG"], insecure_http=False)
    leaving(app, "Workout deleted", "")
    left = (await app.test_client().get("/leave")).headers["Set-Cookie"]
    assert left.startswith("__Host-toast=") and "; Secure" in left and "; Path=/" in left
    shown = await app.test_client().get("/shown", headers={"Cookie": left.partition(";")[0]})
    assert "Workout deleted" in await shown.get_data(as_text=True)
    gone = shown.headers["Set-Cookie"]
    assert gone.startswith("__Host-toast=;") and "; Secure" in gone


async def test_a_line_that_was_made_up_is_not_said(app: Quart) -> None:
    app._got_first_request = False
    leaving(app, "", "")
    client = app.test_client()
    client.set_cookie("localhost", "toast", "WyJodHRwOi8vZXZpbCIsICIiXQ.x.y")
    answer = await client.get("/shown")
    assert "evil" not in await answer.get_data(as_text=True)
    assert "toast=;" in answer.headers["Set-Cookie"]


async def test_a_page_without_a_line_sets_no_cookie(ann: Person) -> None:
    answer = await ann.page("GET", "/docs")
    assert "toast" not in answer.headers.get("Set-Cookie", "")
