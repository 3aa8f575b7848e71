"""PostgreSQL's connections are killed, it restarts behind PgBouncer, and it fails over: nothing
that was acknowledged is lost. In earnest: `make torture WHAT=failover`."""

import asyncio
import subprocess
import sys

import pytest

from webapp.settings import ROOT


@pytest.fixture(scope="module")
def pgbouncer() -> str:
    """The path of PgBouncer, installed where that is possible."""
    found = subprocess.run(ROOT / "scripts/ensure-pgbouncer", capture_output=True, text=True)
    if found.returncode:
        pytest.skip(found.stderr.strip().splitlines()[-1])
    return found.stdout.strip()


async def test_nothing_acknowledged_is_lost_however_postgresql_fails(
    server_url: str | None, pgbouncer: str
) -> None:
    if server_url is None:
        pytest.skip("SQLite has nowhere to fail over to")
    command = [sys.executable, "-m", "torture", "failover", "--lifters", "2", "--servers", "1"]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said = (await process.communicate())[0].decode()
    assert process.returncode == 0, said
    for what in ("through PgBouncer", "failed over", "exactly once"):
        assert what in said
