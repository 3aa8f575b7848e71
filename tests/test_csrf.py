"""Another site cannot make a browser write: what a cookie allows has to come from our own pages."""

from typing import Any

import pytest
from quart import Quart, Response

from tests.support.people import Browser
from tests.support.world import Person
from webapp.models import BodyWeight, User

SITE = "http://localhost"
EVIL = "https://evil.example"


async def write(person: Person, path: str = "/settings", **headers: str) -> Response:
    """A form sent with the person's cookie and exactly these headers."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    answer: Response = await person.client.post(path, headers=sent, form={"theme": "dark"})
    return answer


async def theme(person: Person) -> str:
    return (await User.get(id=person.user.id)).theme


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site", "Origin": EVIL},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site", "Origin": "http://other.localhost"},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Fetch_Site": "cross-site", "Origin": SITE},
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:3000"},
        {"Origin": ""},
        {},
    ],
)
async def test_a_write_from_elsewhere_is_refused(ann: Person, headers: dict[str, str]) -> None:
    answer = await write(ann, **headers)
    assert answer.status_code == 403
    assert "This request came from another site" in await answer.get_data(as_text=True)
    assert await theme(ann) == "auto"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "same-origin"},
        {"Sec_Fetch_Site": "same-origin", "Origin": SITE},
        {"Origin": SITE},
    ],
)
async def test_a_write_from_our_own_pages_is_accepted(ann: Person, headers: dict[str, str]) -> None:
    assert (await write(ann, **headers)).status_code == 303
    assert await theme(ann) == "dark"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_a_cookie_writes_through_the_api_only_from_our_own_pages(
    ann: Person, method: str
) -> None:
    made = await (await ann.json("POST", "/api/body", {"weight": 80})).get_json()
    own = f"/api/body/{made['id']}"
    path = {"POST": "/api/user/logout", "PUT": "/api/user/edit", "DELETE": own}[method]
    for headers in ({"Sec-Fetch-Site": "cross-site", "Origin": EVIL}, {"Origin": EVIL}, {}):
        answer = await ann.client.open(path, method=method, headers=headers)
        assert answer.status_code == 403
        assert await answer.get_json() == {"error": "This request came from another site"}
    assert await BodyWeight.filter(user_id=ann.user.id).exists()
    allowed = {"Sec-Fetch-Site": "same-origin"}
    assert (await ann.client.open(path, method=method, headers=allowed)).status_code in (200, 204)


async def test_a_bearer_needs_no_such_proof_because_no_browser_sends_it_by_itself(
    ann: Person,
) -> None:
    answer = await ann.json("POST", "/settings", {"theme": "dark"}, Origin=EVIL)
    assert answer.status_code == 200
    assert await theme(ann) == "dark"
    token = {"Authorization": f"Bearer {ann.token}", "Sec-Fetch-Site": "cross-site"}
    answer = await ann.client.post("/settings", headers=token, form={"theme": "light"})
    assert answer.status_code == 303
    assert await theme(ann) == "light"


async def test_a_cookie_is_not_looked_at_beside_an_authorization_header(ann: Person) -> None:
    for value in ("Bearer wrong", "Basic YW5uOmFubg==", "", "Bearer"):
        answer = await write(ann, Authorization=value, Accept="application/json")
        assert answer.status_code == 401
    assert await theme(ann) == "auto"


async def test_another_site_cannot_sign_somebody_in_or_register_them(app: Quart) -> None:
    browser = Browser(app)
    await browser.register()
    for path in ("/login", "/register"):
        said = {"login": "cleo", "username": "mallory", "password": "plum-orchard-9"}
        answer = await Browser(app).post(path, said, Sec_Fetch_Site="cross-site", Origin=EVIL)
        assert answer.status_code == 403
        assert answer.headers.getlist("Set-Cookie") == []
    assert await User.all().count() == 1


async def test_no_write_hides_behind_a_safe_method(ann: Person) -> None:
    for path in ("/logout", "/settings/devices/sign-out-others"):
        for method in ("GET", "HEAD"):
            answer: Any = await ann.client.open(path, method=method)
            assert answer.status_code == 405
    assert (await ann.page("GET", "/settings")).status_code == 200


async def test_a_page_of_another_origin_may_not_read_with_the_cookie(ann: Person) -> None:
    answer = await ann.client.get("/api/session", headers={"Origin": EVIL})
    assert "Access-Control-Allow-Origin" not in answer.headers
    listed = await ann.client.get("/api/session", headers={"Origin": "http://localhost:3000"})
    assert listed.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
    page = await ann.client.get("/settings", headers={"Origin": "http://localhost:3000"})
    assert "Access-Control-Allow-Origin" not in page.headers
