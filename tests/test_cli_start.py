"""What the operator is told when Setlog cannot start, and who may read what it writes."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SECRET

UMASK = 0o022  # what is written by default is readable by all


def setlog(folder: Path, *arguments: str, database: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command on a database of its own until it ends."""
    environment = {
        "SETLOG_DATABASE_URL": database or f"sqlite://{folder}/setlog.sqlite3",
        "SETLOG_SECRET_KEY": SECRET,
    }
    command = [str(Path(sys.executable).with_name("setlog")), *arguments]
    return subprocess.run(
        command, env=environment, umask=UMASK, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_a_database_that_is_away_is_said_in_a_line(command: str, tmp_path: Path) -> None:
    result = setlog(tmp_path, command, database="postgres://nobody@127.0.0.1:1/nothing")
    assert result.returncode == 1
    assert result.stderr.startswith("Error: the database cannot be used: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_port_that_is_taken_is_said_in_a_line(workers: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = setlog(tmp_path, "serve", "--port", port, "--workers", workers)
    assert result.returncode == 1
    said = f"Error: Setlog cannot listen at 127.0.0.1:{port}: Address already in use"
    assert result.stderr.splitlines()[-1] == said
    assert "Traceback" not in result.stderr


def test_the_database_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    assert setlog(tmp_path, "migrate").returncode == 0
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()}
    assert modes["setlog.sqlite3"] == "0o600"
    assert {*modes.values()} == {"0o600"}
