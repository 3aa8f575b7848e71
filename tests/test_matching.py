"""A path means the same rule however often its shape has been asked for."""

import re
from typing import Any
from uuid import UUID

import pytest
from quart import Quart
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, Rule

from webapp.matching import Adapter, Known

FIRST, SECOND = UUID(int=1), UUID(int=2**128 - 1)
ODD = (
    "/session/sets/{}/log",
    f"/session/sets/{FIRST}{SECOND}/log",
    f"/session/sets/x{FIRST}/log",
    f"/session/sets/{FIRST}/log/",
    f"/session/sets//{FIRST}/log",
    f"/session/sets/{FIRST}/log\n",
    f"/{FIRST}",
    f"/session/sets/{str(FIRST).replace('-', '')}/log",
    f"/static/{FIRST}/{SECOND}",
    f"/workouts/{FIRST}/../{SECOND}",
)


def _plainly(app: Quart, path: str, method: str) -> Any:
    return _answer(MapAdapter(app.url_map, "", "/", "", "http", path, method))


def _answer(adapter: MapAdapter) -> Any:
    try:
        rule, where = adapter.match(return_rule=True)
        return rule, dict(where)
    except HTTPException as error:
        return type(error), getattr(error, "valid_methods", None)


def _path(rule: Rule, uuid: UUID) -> str:
    filled = re.sub(r"<uuid:\w+>", str(uuid).upper(), rule.rule)
    return re.sub(r"<(id|int):\w+>", "7", re.sub(r"<(path:)?\w+>", "some", filled))


def test_every_rule_is_found_as_by_walking_through_all_of_them(app: Quart) -> None:
    known: Known = {}
    for _ in range(2):
        for uuid in (FIRST, SECOND):
            for rule in app.url_map.iter_rules():
                for method in sorted(rule.methods or ()):
                    path = _path(rule, uuid)
                    found = _answer(Adapter(app.url_map, known, "http", path, method))
                    assert found == _plainly(app, path, method), (method, path)
    assert len(known) > 100, "most paths have nothing but UUIDs in them"


@pytest.mark.parametrize("path", ODD)
def test_a_path_that_only_looks_like_one_of_that_shape_is_none(app: Quart, path: str) -> None:
    known: Known = {}
    _answer(Adapter(app.url_map, known, "http", f"/session/sets/{FIRST}/log", "POST"))
    _answer(Adapter(app.url_map, known, "http", f"/workouts/{FIRST}", "POST"))
    for _ in range(2):
        found = _answer(Adapter(app.url_map, known, "http", path, "POST"))
        assert found == _plainly(app, path, "POST")


def test_a_text_that_looks_like_a_uuid_stays_a_text(app: Quart) -> None:
    known: Known = {}
    rules = [each for each in app.url_map.iter_rules() if re.search(r"<(path:)?\w+>", each.rule)]
    for rule in rules:
        for uuid in (FIRST, SECOND, FIRST):
            path = re.sub(r"<[^>]+>", str(uuid), rule.rule)
            for method in sorted(rule.methods or ()):
                found = _answer(Adapter(app.url_map, known, "http", path, method))
                assert repr(found) == repr(_plainly(app, path, method)), (method, path)
    assert rules


def test_what_no_rule_matches_is_not_kept(app: Quart) -> None:
    known: Known = {}
    for n in range(20):
        _answer(Adapter(app.url_map, known, "http", f"/nowhere/{n}/{FIRST}", "GET"))
        _answer(Adapter(app.url_map, known, "http", f"/static/x/{n}/{FIRST}", "GET"))
    assert not known
