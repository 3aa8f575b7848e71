"""The commands `setlog user` and `setlog token`."""

import asyncio
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.conftest import SECRET
from tests.support.wiring import wired
from webapp.cli import main
from webapp.settings import Settings

PASSWORD = "plum-orchard-9"
JSON = {"Accept": "application/json"}


@pytest.fixture
def setlog(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Any:
    """Run the command in a thread: it brings an event loop of its own."""
    monkeypatch.setenv("SETLOG_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SETLOG_SECRET_KEY", SECRET)

    async def run(*arguments: str, said: str = "") -> Result:
        runner = CliRunner()
        return await asyncio.to_thread(runner.invoke, main, list(arguments), input=said)

    return run


async def ask(settings: Settings, method: str, path: str, **sent: Any) -> int:
    """The status of one request to an app on the same database."""
    app = wired(settings)
    async with app.test_app():
        client: Any = app.test_client(use_cookies=False)
        return int((await client.open(path, method=method, **sent)).status_code)


async def sign_in(settings: Settings, login: str, password: str) -> int:
    said = {"email": login, "password": password}
    return await ask(settings, "POST", "/api/user/login", json=said)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_an_account_made_at_the_server_signs_in_by_name_and_by_e_mail(
    setlog: Any, settings: Settings
) -> None:
    made = await setlog("user", "create", "ann", "--email", "ann@example.org", said=PASSWORD + "\n")
    assert (made.exit_code, made.output) == (0, "Made ann.\n")
    assert await sign_in(settings, "ann", PASSWORD) == 200
    assert await sign_in(settings, "ANN@example.org", PASSWORD) == 200
    assert await sign_in(settings, "ann", PASSWORD + "x") == 401
    other = await setlog("user", "create", "bob@example.org", "--password", PASSWORD)
    assert other.exit_code == 0
    assert await sign_in(settings, "bob@example.org", PASSWORD) == 200


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("ann",), "This user name is already taken"),
        (("an",), "3 to 50 letters"),
        (("an n",), "3 to 50 letters"),
        (("ann@",), "Must be an e-mail address"),
        (("cleo", "--email", "nowhere"), "Must be an e-mail address"),
        (("cleo", "--password", "password"), "most common"),
        (("cleo@example.org", "--password", "cleo@example.org"), "your own name"),
    ],
)
async def test_an_account_is_refused_in_one_line(
    setlog: Any, arguments: tuple[str, ...], reason: str
) -> None:
    await setlog("user", "create", "ann", "--password", PASSWORD)
    refused = await setlog("user", "create", *arguments, said=PASSWORD + "\n")
    assert refused.exit_code == 1
    assert refused.output.count("\n") == 1
    assert reason in refused.output


async def test_another_password_signs_out_everywhere(setlog: Any, settings: Settings) -> None:
    await setlog("user", "create", "ann", "--password", PASSWORD)
    changed = await setlog("user", "password", "ann", said="quince-meadow-4\n")
    assert changed.exit_code == 0
    assert await sign_in(settings, "ann", PASSWORD) == 401
    assert await sign_in(settings, "ann", "quince-meadow-4") == 200


async def test_a_token_is_printed_alone_and_is_listed_and_revoked(
    setlog: Any, settings: Settings
) -> None:
    await setlog("user", "create", "ann", "--password", PASSWORD)
    asked = ("token", "create", "--user", "ann", "--contract", "live", "--name", "Script")
    made = await setlog(*asked)
    token = made.output.strip()
    assert (made.exit_code, made.output) == (0, token + "\n")
    assert await ask(settings, "GET", "/settings", headers={**bearer(token), **JSON}) == 200
    listed = await setlog("token", "list", "--user", "ann")
    assert token not in listed.output
    name, owner, contract, rights, until, hint, title = listed.output.strip().split("\t")
    assert (owner, contract, rights, until) == ("ann", "live", "read-write", "never expires")
    assert (hint, title) == (f"…{token[-4:]}", "Script")
    assert (await setlog("token", "revoke", name)).exit_code == 0
    assert await ask(settings, "GET", "/settings", headers={**bearer(token), **JSON}) == 401
    assert (await setlog("token", "list")).output == ""
    again = await setlog("token", "revoke", name)
    assert (again.exit_code, again.output) == (1, f"Error: there is no token {name}\n")


async def test_a_read_only_token_reads_and_writes_nothing(setlog: Any, settings: Settings) -> None:
    await setlog("user", "create", "ann", "--password", PASSWORD)
    asked = ("token", "create", "--user", "ann", "--contract", "gym", "--read-only", "--days", "30")
    headers = {**bearer((await setlog(*asked)).output.strip()), **JSON}
    assert await ask(settings, "GET", "/settings", headers=headers) == 200
    assert await ask(settings, "PUT", "/api/user/edit", headers=headers, json={}) == 403
    assert "read-only" in (await setlog("token", "list")).output


async def test_an_administrator_is_made_and_unmade(setlog: Any) -> None:
    await setlog("user", "create", "ann", "--password", PASSWORD, "--admin")
    no_longer = await setlog("user", "admin", "ann", "--revoke")
    assert no_longer.output == "ann is no longer an administrator.\n"
    assert (await setlog("user", "admin", "ann")).output == "ann is now an administrator.\n"


async def test_an_account_is_deleted_when_it_is_confirmed(setlog: Any, settings: Settings) -> None:
    await setlog("user", "create", "ann", "--password", PASSWORD)
    kept = await setlog("user", "delete", "ann", said="n\n")
    assert kept.exit_code == 1
    assert await sign_in(settings, "ann", PASSWORD) == 200
    assert (await setlog("user", "delete", "ann", "--yes")).exit_code == 0
    assert await sign_in(settings, "ann", PASSWORD) == 401


@pytest.mark.parametrize(
    "arguments",
    [
        ("user", "admin", "nobody"),
        ("user", "password", "nobody", "--password", PASSWORD),
        ("user", "delete", "nobody", "--yes"),
        ("token", "create", "--user", "nobody", "--contract", "live"),
        ("token", "list", "--user", "nobody"),
    ],
)
async def test_an_unknown_user_is_told_in_one_line(setlog: Any, arguments: Any) -> None:
    refused = await setlog(*arguments)
    assert (refused.exit_code, refused.output) == (1, "Error: there is no user nobody\n")


async def test_an_unknown_contract_is_refused(setlog: Any) -> None:
    refused = await setlog("token", "create", "--user", "ann", "--contract", "strong")
    assert refused.exit_code == 2
    assert "'live', 'gym', 'routines', 'executions', 'diary'" in refused.output


def test_a_refusal_of_the_database_leaves_no_traceback(tmp_path: Path) -> None:
    environment = {
        "SETLOG_DATABASE_URL": f"sqlite://{tmp_path}/x.sqlite3",
        "SETLOG_SECRET_KEY": SECRET,
    }
    command = str(Path(sys.executable).with_name("setlog"))
    run = partial(subprocess.run, env=environment, capture_output=True, text=True)
    assert run([command, "migrate"]).returncode == 0
    create = [command, "user", "create", "ann", "--password", PASSWORD]
    assert run(create).returncode == 0
    refused = run(create)
    assert (refused.returncode, refused.stderr) == (1, "Error: This user name is already taken\n")


@pytest.mark.parametrize("url", ["sqlite://{}/none.sqlite3", "postgres://nobody@127.0.0.1:1/none"])
def test_a_database_that_is_not_there_is_told_in_one_line(tmp_path: Path, url: str) -> None:
    command = [str(Path(sys.executable).with_name("setlog")), "token", "list"]
    environment = {"SETLOG_DATABASE_URL": url.format(tmp_path), "SETLOG_SECRET_KEY": SECRET}
    refused = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert refused.returncode == 1
    assert "setlog migrate prepares it" in refused.stderr
    assert refused.stderr.count("\n") == 1


async def test_a_wrong_setting_is_told_in_one_line(
    setlog: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SETLOG_DATABASE_URL", "mysql://x")
    refused = await setlog("token", "list")
    assert refused.exit_code == 2
    assert refused.output.startswith("setlog: SETLOG_DATABASE_URL must be")
