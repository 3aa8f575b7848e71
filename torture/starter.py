"""Starts servers from a process that has imported them, because the imports are most of a start.

`python -m torture.starter` reads one JSON list `[arguments, environment, log]` a line, forks a
`setlog` with them and writes its process id.
"""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from webapp import cli, server


class Starter:
    """The process that forks. What it started lives on when it ends."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "torture.starter"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)

    def start(self, arguments: list[str], environment: dict[str, str], log: Path) -> int:
        """Start `setlog` with these arguments; its process id."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([arguments, environment, str(log)]) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self) -> None:
        self.process.terminate()
        self.process.wait()


def main() -> None:
    """Fork until standard input ends."""
    assert callable(server.run), "imported for its children"
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody has to collect them
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in sys.stdin:
        arguments, environment, log = json.loads(line)
        if pid := os.fork():
            print(pid, flush=True)
        else:
            _become(arguments, environment, log)


def _become(arguments: list[str], environment: dict[str, str], log: str) -> None:
    for number in (signal.SIGCHLD, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    random.seed()
    os.environ.update(environment)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for each in (1, 2):
        os.dup2(file, each)
    cli.main(arguments)


if __name__ == "__main__":
    main()
