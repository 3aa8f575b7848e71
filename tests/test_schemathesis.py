"""Whatever a client of the OpenAPI documents sends, the answer is one that they document."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.gym import classic
from tests.support.history import train
from tests.support.serving import setlog_process
from tests.support.world import make_token
from webapp import db
from webapp.catalogue import prepare
from webapp.contracts import BY_NAME
from webapp.db import rows
from webapp.models import User
from webapp.settings import Settings

ENGINE = os.environ.get("SETLOG_TEST_DATABASE", "sqlite")
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
SECRET = "a secret of the tests, long enough to be one"
# Good and bad requests for each operation; all five documents stay well under two minutes.
EXAMPLES = {GenerationMode.POSITIVE: 20, GenerationMode.NEGATIVE: 8}
# What ends the credential it is asked with comes last, as somebody else.
TABLES = ("workouts", "routines", "routine_items", "exercises")
ENDING = ("/auth/logout", "/user/logout", "/api/user")
UNCONFIGURED = "sso_not_configured"

pytestmark = pytest.mark.skipif(ENGINE != "sqlite", reason="one engine is enough for the words")


Known = dict[str, list[str]]


@dataclass
class Site:
    """A running server, a token for each contract and one to lose, and UUIDs of a table's rows."""

    url: str
    tokens: dict[str, str]
    losable: dict[str, str]
    uuids: Known


@pytest.fixture(scope="module")
def site(tmp_path_factory: Any) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("schemathesis")
    found = asyncio.run(_seeded(f"sqlite://{folder}/setlog.sqlite3"))
    with setlog_process(folder, SETLOG_SECRET_KEY=SECRET) as url:
        yield Site(url, *found)


async def _seeded(database_url: str) -> tuple[dict[str, str], dict[str, str], Known]:
    """Somebody with years of rows, and somebody to lose."""
    chosen = Settings(database_url=database_url, secret_key=SECRET, insecure_http=True)
    await prepare(chosen)
    await db.connect(chosen)
    try:
        ann, bob = [await _person(name) for name in ("ann", "bob")]
        await train(ann, workouts=4)
        await classic(SimpleNamespace(user=ann))  # type: ignore[arg-type]
        uuids = {table: await _uuids(table, ann) for table in TABLES}
        tokens = {name: await make_token(ann, name) for name in BY_NAME}
        return tokens, {name: await make_token(bob, name) for name in BY_NAME}, uuids
    finally:
        await db.disconnect()


async def _uuids(table: str, owner: User) -> list[str]:
    found = await rows(f"SELECT uuid FROM {table} WHERE user_id = ? LIMIT 4", owner.id)
    return [str(each["uuid"]) for each in found]


async def _person(name: str) -> User:
    return await User.create(username=name, username_key=name)


@pytest.mark.parametrize("name", list(BY_NAME))
def test_every_answer_of_a_live_server_is_a_documented_one(site: Site, name: str) -> None:
    document = requests.get(f"{site.url}/docs/{name}/openapi.json", timeout=30).json()
    schema, wrong = schemathesis.openapi.from_dict(document), dict[str, str]()
    found: list[APIOperation] = [each.ok() for each in schema.get_all_operations()]  # type: ignore[union-attr]
    for operation in sorted(found, key=_turn):
        token = (site.losable if operation.path.endswith(ENDING) else site.tokens)[name]
        try:
            for mode in EXAMPLES:
                _ask(site, operation, token, name, mode)
        except Exception as error:
            wrong[operation.label] = str(error)
    assert wrong == {}


def _turn(operation: APIOperation) -> tuple[bool, ...]:
    """What makes comes first, then what uses it, then what ends and deletes it."""
    path, method = operation.path, operation.method.upper()
    is_end = path.endswith(("/finish", "/stop", "/complete", "/Complete"))
    return path.endswith(ENDING), method == "DELETE", is_end, method != "POST"


def _ask(site: Site, operation: APIOperation, token: str, name: str, mode: GenerationMode) -> None:
    """Send made-up requests of one operation and check each answer."""
    headers = {"Authorization": f"Bearer {token}", "Accept-Profile": name}

    @settings(
        max_examples=EXAMPLES[mode],
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(mode), which=st.integers(0, 4))
    def ask(case: Case, which: int) -> None:
        if which:  # most requests are about rows that exist
            case.path_parameters = _aimed(case.path_parameters, case, name, site.uuids, which)
            case.body = _aimed(case.body, case, name, site.uuids, which)
        answer = case.call(base_url=site.url, headers=headers, timeout=30)
        assert answer.status_code < 500 or UNCONFIGURED in answer.text, (
            f"{answer.status_code}\n{case.as_curl_command()}"
        )
        case.validate_response(answer, checks=CHECKS)

    try:
        ask()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # there is nothing to say wrongly


def _aimed(said: Any, case: Case, name: str, known: Known, which: int, key: str = "") -> Any:
    """The same with ids of rows that exist: UUIDs are known, integer ids are small."""
    if isinstance(said, dict):
        return {k: _aimed(each, case, name, known, which, k) for k, each in said.items()}
    if isinstance(said, list):
        return [_aimed(each, case, name, known, which, key) for each in said]
    if isinstance(said, str) and len(said) == 36:
        uuids = known[_table(key if key not in ("uuid", "item") else case.path, name)]
        return uuids[which % len(uuids)]
    is_id = isinstance(said, int) and not isinstance(said, bool)
    return which if is_id and (key.lower().endswith(("id", "ids")) or key in IDS) else said


IDS = ("workout", "exercise", "set", "routine", "template", "location")


def _table(place: str, name: str) -> str:
    """Which rows a path or a key speaks of."""
    if "workout_exercise" in place or "workouts/exercises" in place:
        return "routine_items"
    if "exercise" in place:
        return "exercises"
    return "routines" if name == "live" else "workouts"
