"""The API documents: complete, valid, and true to what the tests of the contracts have seen.

This module runs after tests/contracts, whose answers it holds against the documents.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from quart import Quart

from tests.support.documented import OPERATIONS, SEEN
from tests.support.world import Person, make_token, register
from webapp import forms
from webapp.claims import contract_of, shape
from webapp.contracts import BY_NAME
from webapp.documents.openapi import Writer
from webapp.documents.operations import operations as of_contract
from webapp.documents.written import written
from webapp.forms.base import check

TABLE = [tuple(line.split()) for line in OPERATIONS.strip().splitlines()]
NAMES = tuple(BY_NAME)
VARIABLE = re.compile(r"\{\w+\}")
# What a line to paste may answer: it worked, or there is no such row, person or state.
FINE = (200, 201, 202, 204, 401, 403, 404, 409)
NEEDS_AN_ISSUER = "sso_not_configured"
EMPTY = {"POST /api/Users/register"}  # 200 without a body, as documented


async def document(app: Quart, name: str) -> dict[str, Any]:
    answer = await app.test_client().get(f"/docs/{name}/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = await answer.get_json()
    return found


def operations(found: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in found["paths"].items():
        for method, each in methods.items():
            yield method.upper(), path, each


def test_the_five_documents_have_84_operations() -> None:
    amounts = {name: sum(row[0] == name for row in TABLE) for name in NAMES}
    assert amounts == {"live": 24, "gym": 12, "routines": 11, "executions": 25, "diary": 12}
    assert len(set(TABLE)) == 84


async def test_every_operation_of_the_five_documents_has_a_rule(app: Quart) -> None:
    rules = {
        (contract_of(rule), method, shape(rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    missing = [row for row in TABLE if (*row[:2], VARIABLE.sub("{}", row[2])) not in rules]
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
async def test_every_operation_is_in_the_openapi_document_with_a_schema_for_its_answer(
    app: Quart, name: str
) -> None:
    found = await document(app, name)
    told = {(method, VARIABLE.sub("{}", path)) for method, path, _ in operations(found)}
    rules = {
        (method, shape(rule.rule))
        for rule in app.url_map.iter_rules()
        if contract_of(rule) == name
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert told == rules
    silent = [f"{method} {path}" for method, path, each in operations(found) if not _tells(each)]
    assert set(silent) <= EMPTY


def _tells(operation: dict[str, Any]) -> bool:
    """Whether every answer that is no refusal has a shape, and every refusal one, too."""
    answers = operation["responses"]
    bodies = [each.get("content", {}) for code, each in answers.items() if code != "204"]
    schemas = [content["schema"] for body in bodies for content in body.values()]
    is_whole = all("$ref" in str(schema) or "type" in schema for schema in schemas)
    is_shapeless = any(schema.get("additionalProperties") is True for schema in schemas)
    has_answer = any(code.startswith("2") for code in answers)
    return has_answer and all(bodies) and is_whole and not is_shapeless


@pytest.mark.parametrize("name", NAMES)
async def test_the_document_is_valid_openapi_3_1(app: Quart, name: str) -> None:
    found = await document(app, name)
    assert found["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(found).validate()


@pytest.mark.parametrize("name", NAMES)
async def test_every_line_of_the_page_works_when_it_is_pasted(
    app: Quart, bob: Person, name: str
) -> None:
    token = await make_token(bob.user, name)
    wrong = []
    for each in (await written(app, name)).operations:
        line = "http://localhost".join(each["curl"])
        status, said = await _pasted(app, line.replace("$TOKEN", token))
        if status not in FINE and NEEDS_AN_ISSUER not in said:
            wrong.append(f"{status} {line} {said}")
        if (each["method"], each["path"]) in ENDING:
            bob = await _another(app, bob)
            token = await make_token(bob.user, name)
    assert wrong == []


ENDING = (("DELETE", "/api/user"), ("POST", "/api/user/logout"), ("POST", "/api/v1/auth/logout"))


async def _another(app: Quart, before: Person) -> Person:
    return await register(app, f"{before.user.username}x")


async def _pasted(app: Quart, line: str) -> tuple[int, str]:
    """Do what curl would do."""
    words = iter(shlex.split(line.replace("\\\n", " "))[1:])
    method, url, headers, data = "GET", "", {}, None
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            header, _, value = next(words).partition(": ")
            headers[header] = value
        elif word == "-d":
            data = next(words)
        else:
            url = word
    parts = urlsplit(url)
    client: Any = app.test_client(use_cookies=False)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    answer = await client.open(path, method=method, headers=headers, data=data)
    return answer.status_code, await answer.get_data(as_text=True)


@pytest.mark.parametrize("name", NAMES)
async def test_every_sample_of_a_body_passes_its_form(app: Quart, name: str) -> None:
    writer = Writer(name, BY_NAME[name], of_contract(app, name))
    for each in writer.operations:
        for form in each.own.forms:
            check(getattr(BY_NAME[name], form, None) or getattr(forms, form), writer.sample(each))


async def test_the_pages_show_every_operation_and_nothing_else(app: Quart, ann: Person) -> None:
    for name in NAMES:
        answer = await app.test_client().get(f"/docs/{name}", headers={"Accept": "text/html"})
        page = await answer.get_data(as_text=True)
        for _, path, _ in operations(await document(app, name)):
            assert path in page
    for path in ("/docs/nothing", "/docs/nothing/openapi.json"):
        assert (await ann.page("GET", path)).status_code == 404


async def test_the_guide_tells_how_each_api_refuses_and_what_two_of_them_claim(
    app: Quart, ann: Person
) -> None:
    page = await (await ann.page("GET", "/docs/guide")).get_data(as_text=True)
    told = await (await ann.json("GET", "/docs/guide")).get_json()
    assert [each["name"] for each in told["apis"]] == list(NAMES)
    for each in told["apis"]:
        assert each["base"] in page
        assert {one["status"] for one in each["refusals"]} >= {400, 401, 404}
    assert {"method": "GET", "path": "/api/v1/workouts/{id}"} in told["shared"]
    assert "/api/v1/workouts/{id}" in page


def _has_all_contracts(request: pytest.FixtureRequest) -> bool:
    folder = Path(__file__).parent / "contracts"
    ran = {item.path for item in request.session.items}
    is_narrowed = request.config.option.keyword or request.config.option.lf
    return not is_narrowed and set(folder.glob("test_*.py")) <= ran


def test_every_operation_of_the_five_documents_has_an_example_test(
    request: pytest.FixtureRequest,
) -> None:
    if not _has_all_contracts(request):
        pytest.skip("needs the whole of tests/contracts in the same run")
    done = {place for place, answers in SEEN.items() if any(code < 300 for code in answers)}
    missing = [row for row in TABLE if (*row[:2], VARIABLE.sub("{}", row[2])) not in done]
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
async def test_every_answer_the_tests_have_seen_is_as_documented(app: Quart, name: str) -> None:
    found, wrong = await document(app, name), []
    for method, path, each in operations(found):
        for status, bodies in SEEN[name, method, VARIABLE.sub("{}", path)].items():
            if status == 500:
                continue
            place = f"{method} {path} {status}"
            if str(status) not in each["responses"]:
                wrong.append(f"{place} is not documented: {bodies[0]}")
                continue
            wrong += [
                f"{place}: {problem}"
                for body in bodies
                for problem in _problems(found, each["responses"][str(status)], body)
            ]
    assert wrong == []


def _problems(found: dict[str, Any], response: dict[str, Any], body: Any) -> list[str]:
    content = response.get("content")
    if content is None or body is None:
        return [] if (content is None) == (body is None) else [f"body {body!r}"]
    (kind,) = content.values()
    validator = Draft202012Validator({**kind["schema"], "components": found["components"]})
    return [f"{e.json_path} {e.message[:200]}" for e in validator.iter_errors(body)][:3]
