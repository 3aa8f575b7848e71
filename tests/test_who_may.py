"""What every route answers to everyone who may come along is written down, in one table."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from quart import Quart, Response
from werkzeug.routing import Rule

from tests.support.everything import fill, path_of
from tests.support.voices import CONTRACTS
from tests.support.world import PROGRAM, Person, make_token, register
from tests.test_mass_assignment import BODIES, SECRET, named, prepare, schema_of, undone
from tests.test_mass_assignment_pages import FORMS
from tests.test_routes_refuse import SAFE, routes
from webapp import passwords
from webapp.auth import digest
from webapp.claims import contract_of
from webapp.documents.examples import edit_example
from webapp.models import LoginSession, Token, User

TABLE = Path(__file__).parent / "files" / "who_may.txt"
CLASSES = ("owner", "other", "nobody", "revoked", "ended", "reader", "elsewhere")
# Pages that hear JSON in live's words, which are others than those of their form.
AS_JSON = {
    "/register": BODIES["POST /api/user/register"],
    "/routines/<uuid:uuid>/items": BODIES["POST /api/workouts/exercises"],
}
Asking = Callable[[str, str, dict[str, str], Any], Awaitable[Response]]


def written() -> dict[str, list[str]]:
    """The table: for each method and rule the status of each class, in their order."""
    lines = [each for each in TABLE.read_text("utf-8").splitlines() if not each.startswith("#")]
    found = {}
    for line in lines:
        statuses, _, place = line.partition("  ")
        assert place not in found, f"{place} stands in the table twice"
        found[place] = statuses.split()
    return found


def by_token(app: Quart, token: str) -> Asking:
    """A program with this token; an empty one is none."""

    async def ask(method: str, path: str, headers: dict[str, str], body: Any) -> Response:
        sent = {**headers, **({"Authorization": f"Bearer {token}"} if token else {})}
        client: Any = app.test_client(use_cookies=False)
        return await client.open(path, method=method, headers=sent, **body)

    return ask


def by_cookie(person: Person, **more: str) -> Asking:
    """A browser with the person's cookie."""

    async def ask(method: str, path: str, headers: dict[str, str], body: Any) -> Response:
        sent = {**headers, **{name.replace("_", "-"): value for name, value in more.items()}}
        return await person.client.open(path, method=method, headers=sent, **body)

    return ask


async def everybody(app: Quart, ann: Person, bob: Person) -> dict[str, Asking]:
    """One of each class, by its name in the table."""
    revoked, ended = await make_token(ann.user), await register(app, "ended")
    now = datetime.now(UTC)
    await Token.filter(token_hash=digest(revoked)).update(revoked_at=now)
    await LoginSession.filter(user_id=ended.user.id).update(revoked_at=now)
    # The cookie of ann's own, of a session that is over.
    await LoginSession.filter(user_id=ended.user.id).update(user_id=ann.user.id)
    return {
        "owner": by_token(app, ann.token),
        "other": by_token(app, bob.token),
        "nobody": by_token(app, ""),
        "revoked": by_token(app, revoked),
        "ended": by_cookie(ended, Sec_Fetch_Site="same-origin"),
        "reader": by_token(app, await make_token(ann.user, read_only=True)),
        "elsewhere": by_cookie(ann, Sec_Fetch_Site="cross-site", Origin="https://evil.example"),
    }


async def right_bodies(app: Quart, world: dict[str, Any], ann: Person) -> dict[str, Any]:
    """A body that its route accepts, for each write."""
    found = {}
    told = {name: await ann.json("GET", f"/docs/{name}/openapi.json") for name in CONTRACTS}
    documents = {name: await answer.get_json() for name, answer in told.items()}
    for method, rule in routes(app):
        place, document = f"{method} {rule.rule}", documents.get(contract_of(rule))
        if method in SAFE:
            continue
        if document is None:
            found[place] = named(AS_JSON.get(rule.rule, FORMS.get(rule.rule, {})), world)
        else:
            said = edit_example(
                schema_of(document, method, rule), document["components"]["schemas"]
            )
            found[place] = named(BODIES.get(place, said), world)
    return found


async def answered(ask: Asking, method: str, rule: Rule, path: str, body: Any, world: Any) -> int:
    """The status of what is asked, of which nothing stays."""
    headers = {**PROGRAM, "Accept-Profile": contract_of(rule)}
    sent = {} if method in SAFE else {"json": body}

    async def once() -> tuple[int, str]:
        await prepare(rule, world)
        answer = await ask(method, path, headers, sent)
        return answer.status_code, await answer.get_data(as_text=True)

    status, text = await undone(once)
    assert status != 500, (method, rule, text)
    return status


async def test_every_route_answers_everyone_as_is_written_down(
    app: Quart, ann: Person, bob: Person
) -> None:
    world = await fill(ann)
    await User.all().update(password_hash=await passwords.hashed(SECRET))
    asking, bodies = await everybody(app, ann, bob), await right_bodies(app, world, ann)
    expected, found = written(), {}
    for method, rule in routes(app):
        if method == "HEAD":
            continue
        place, path = f"{method} {rule.rule}", path_of(app, rule, world)
        each = (method, rule, path, bodies.get(place), world)
        statuses = [str(await answered(asking[name], *each)) for name in CLASSES]
        found[f"{place} ({contract_of(rule)})"] = statuses
    others = {place for place in {*found, *expected} if found.get(place) != expected.get(place)}
    lines = [f"{' '.join(found.get(place, ['gone']))}  {place}" for place in sorted(others)]
    assert not lines, "\n".join([f"Look whether {TABLE.name} should say:", *lines])


def test_the_table_lets_nobody_in_where_only_the_owner_may_be() -> None:
    """What the table must never say, whoever edits it."""
    # Refreshing is 401 for all here: none of them came with the refresh token that it is about.
    private = {place: each for place, each in written().items() if "401" == each[2] != each[0]}
    assert len(private) > 200
    for place, (_, other, _, revoked, ended, reader, elsewhere) in private.items():
        is_write = not place.startswith("GET ")
        assert (revoked, ended) == ("401", "401"), place
        assert not is_write or (reader, elsewhere) == ("403", "403"), place
        names_a_row = re.search(r"<(id|uuid):", place)
        assert not names_a_row or other in ("403", "404"), place
