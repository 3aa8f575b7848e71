"""A PostgreSQL primary with a synchronous standby, and PgBouncer, on this machine's loopback."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import asyncpg

from tests.support.postgres import (
    CLUSTER,
    LOCALE,
    SETTINGS,
    account,
    give_away,
    programs,
    run,
    stop,
    wait_until_ready,
)
from tests.support.serving import free_port

# A process is killed here, not a machine, so nothing has to be on the disk for it.
KEPT = {**SETTINGS, "listen_addresses": "127.0.0.1", "synchronous_commit": "on"}
IS_SYNCHRONOUS = "SELECT COUNT(*) FROM pg_stat_replication WHERE sync_state = 'sync'"


class Node:
    """One PostgreSQL server with its own data."""

    def __init__(self, programs: Path, home: Path, name: str) -> None:
        self.programs, self.home, self.data = programs, home, home / name
        self.log, self.port = home / f"{name}.log", free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/torture"

    def start(self) -> None:
        settings = {**KEPT, "unix_socket_directories": str(self.home), "port": str(self.port)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(self.programs / "postgres"), "-D", str(self.data), *options]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                command, stdout=out, stderr=out, cwd=self.home, start_new_session=True, **account()
            )
        wait_until_ready(self.process, self.data, self.log)

    def end(self) -> None:
        """Stop, throwing out whoever is connected."""
        if self.process is not None and self.process.poll() is None:
            stop(self.process)

    def kill(self) -> None:
        """End it at once with all its processes, as a machine does that loses its power."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    async def say(self, sql: str, database: str = "postgres") -> object:
        """The first value that a statement gives."""
        url = self.url.replace("/torture", f"/{database}")
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()


class Cluster:
    """`primary` and `standby`; `url` names both and wants the one that takes writes."""

    def __init__(self, home: Path) -> None:
        give_away(home)
        self.home, bin_folder = home, programs(home)
        self.primary, self.standby = (Node(bin_folder, home, name) for name in ("a", "b"))

    @property
    def url(self) -> str:
        hosts = f"127.0.0.1:{self.primary.port},127.0.0.1:{self.standby.port}"
        return f"postgres://postgres@{hosts}/torture?target_session_attrs=primary"

    async def start(self) -> None:
        """Start both; from then on a commit is on both before it is acknowledged."""
        first, second, home = self.primary, self.standby, self.home
        run(first.programs / "initdb", "-D", first.data, *CLUSTER, *LOCALE, home=home)
        await asyncio.to_thread(first.start)
        await first.say("CREATE DATABASE torture")
        copy: list[str | Path] = [first.programs / "pg_basebackup", "-D", second.data, "-R"]
        where = ("-h", "127.0.0.1", "-p", str(first.port), "-U", "postgres", "-c", "fast")
        await asyncio.to_thread(run, *copy, *where, home=home)
        await asyncio.to_thread(second.start)
        await first.say("ALTER SYSTEM SET synchronous_standby_names = '*'")
        await first.say("SELECT pg_reload_conf()")
        while await first.say(IS_SYNCHRONOUS) != 1:
            await asyncio.sleep(0.05)

    async def fail_over(self) -> None:
        """Kill the primary and promote the standby."""
        self.primary.kill()
        promote = ("pg_ctl", "promote", "-D", str(self.standby.data))
        await asyncio.to_thread(
            run, self.standby.programs / promote[0], *promote[1:], home=self.home
        )

    def end(self) -> None:
        for node in (self.primary, self.standby):
            node.end()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster that is not started yet; it is gone in the end."""
    home = Path(tempfile.mkdtemp(prefix="setlog-pg-"))
    made = Cluster(home)
    try:
        yield made
    finally:
        made.end()
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def pgbouncer(node: Node) -> Iterator[str]:
    """PgBouncer before a server, lending connections by the transaction; the URL of the database
    through it."""
    port, program = free_port(), shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        raise RuntimeError("pgbouncer is missing: run scripts/ensure-pgbouncer")
    folder = Path(tempfile.mkdtemp(prefix="setlog-bouncer-"))
    ini = folder / "pgbouncer.ini"
    ini.write_text(
        # Whoever comes is the one who owns the database.
        f"[databases]\ntorture = host=127.0.0.1 port={node.port} user=postgres\n[pgbouncer]\n"
        f"listen_addr = 127.0.0.1\nlisten_port = {port}\nauth_type = any\nunix_socket_dir =\n"
        "pool_mode = transaction\ndefault_pool_size = 4\nserver_login_retry = 1\n"
    )
    give_away(folder)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, str(ini)], stdout=log, stderr=log, **account())
    try:
        _wait_until_listening(process, port, folder / "log")
        yield f"postgres://postgres@127.0.0.1:{port}/torture?statement_cache_size=0"
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_listening(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    while process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.02)
    raise RuntimeError(f"PgBouncer did not start:\n{log.read_text()}")
