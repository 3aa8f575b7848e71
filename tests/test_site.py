"""What belongs to the site itself."""

import re
from pathlib import Path

import pytest
from quart import Quart

from tests.support.world import Person
from webapp.assets import BUNDLE, FOLDERS, STATIC, Assets, is_stale, joined


async def test_the_process_and_the_database_say_that_they_are_well(app: Quart) -> None:
    client = app.test_client()
    assert (await client.get("/healthz")).status_code == 200
    assert (await client.get("/readyz")).status_code == 200


async def test_a_static_file_is_immutable_only_under_the_name_of_its_build(app: Quart) -> None:
    client = app.test_client()
    files = app.config["ASSETS"]
    named = await client.get(files.url("app.css"))
    assert "immutable" in named.headers["Cache-Control"]
    plain = await client.get("/static/app.css")
    assert plain.headers["Cache-Control"] == "no-cache"
    again = await client.get("/static/app.css", headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.headers["Vary"]) == (304, "Accept-Encoding")
    assert (await client.get("/static/0000000000/app.css")).status_code == 404
    assert (await client.get("/static/../pyproject.toml")).status_code == 404


async def test_every_answer_carries_the_security_headers_and_a_request_id(ann: Person) -> None:
    for path in ("/", "/api/nothing", "/healthz", "/nothing"):
        headers = (await ann.page("GET", path)).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Request-Id"]


async def test_an_unknown_address_is_json_below_api_and_a_page_elsewhere(ann: Person) -> None:
    api = await ann.json("GET", "/api/nothing")
    assert (api.status_code, await api.get_json()) == (
        404,
        {"error": "There is nothing at this address"},
    )
    page = await ann.page("GET", "/nothing")
    assert page.status_code == 404
    assert page.mimetype == "text/html"


async def test_a_wrong_method_hears_which_ones_there_are(ann: Person) -> None:
    for answer in (await ann.json("PUT", "/body"), await ann.page("DELETE", "/body")):
        assert answer.status_code == 405
        assert {*answer.headers["Allow"].split(", ")} >= {"GET", "HEAD", "OPTIONS", "POST"}


async def test_the_worker_is_of_this_build_and_never_cached_itself(app: Quart) -> None:
    answer = await app.test_client().get("/worker.js")
    text = await answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    files: Assets = app.config["ASSETS"]
    assert f'BUILD = "{files.build}"' in text
    assert f'importScripts("{files.url(BUNDLE)}")' in text
    assert (await app.test_client().get("/offline")).status_code == 200


async def test_what_the_worker_keeps_for_every_page_is_there(app: Quart) -> None:
    life = (STATIC / "edge" / "life.js").read_text("utf-8")
    needed = re.findall(r'NEEDED = "(.+)"', life)[0].split()
    assert {"app.css", "app.js", "vendor/htmx-4.0.1.min.js"} < set(needed)
    assert set(needed) <= set(app.config["ASSETS"].files)


async def test_what_is_made_of_scripts_is_never_older_than_they_are(tmp_path: Path) -> None:
    for name, folder in FOLDERS.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.js").write_text("const one = 1;")
        files = Assets(tmp_path, {name: lambda: "made here"}).files
        assert files[name].bodies[""] == b"made here", "it was not made yet"
        (tmp_path / name).write_text("made before")
        assert (
            Assets(tmp_path, {name: lambda: "made here"}).files[name].bodies[""] == b"made before"
        )


async def test_a_script_is_run_where_its_selector_finds_something(tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text("const one = 1;\n")
    made = joined({"one.js": "#pad"}, tmp_path)
    assert made.startswith('if (document.querySelector("#pad")) (() => {\n"use strict";\n')


async def test_the_worker_with_all_it_loads_is_small_as_it_is_served(app: Quart) -> None:
    pytest.importorskip("minify", reason="there is no minifier for this system")
    assert not is_stale(BUNDLE), "run `make static`"
    client, sizes = app.test_client(), {}
    script = await (await client.get("/worker.js")).get_data(as_text=True)
    for url in ("/worker.js", *re.findall(r'importScripts\("(.+?)"\)', script)):
        answer = await client.get(url, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
        sizes[url] = len(await answer.get_data())
    assert sum(sizes.values()) <= 30_000, sizes


async def test_the_documents_name_every_operation_of_the_url_map(app: Quart, ann: Person) -> None:
    page = await (await ann.page("GET", "/docs/live")).get_data(as_text=True)
    operations = (await (await ann.json("GET", "/docs/live")).get_json())["operations"]
    assert {"GET", "POST", "PUT", "DELETE"} >= {each["method"] for each in operations}
    for each in operations:
        assert each["text"], each
        assert each["path"] in page
    assert (await ann.page("GET", "/docs/nothing")).status_code == 404
