"""Server processes that are killed, stopped and restarted at random."""

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.support.serving import free_port
from torture.wire import Unanswered, ask

WAYS = (("SIGKILL", 70), ("SIGSTOP", 20), ("SIGTERM", 10))


class Server:
    """One `setlog serve` on a port that it keeps over its restarts."""

    def __init__(self, folder: Path, number: int, environment: dict[str, str]) -> None:
        self.port, self.environment = free_port(), environment
        self.log = folder / f"server-{number}.log"
        self.process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start, and return when it answers."""
        command = [str(Path(sys.executable).with_name("setlog")), "serve", "--port", str(self.port)]
        env = {**os.environ, "SETLOG_INSECURE_HTTP": "1", **self.environment}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        for _ in range(600):
            if self.process.poll() is not None:
                break
            if await self._is_ready():
                return
            await asyncio.sleep(0.05)
        raise RuntimeError(f"setlog did not start again:\n{self.log.read_text()[-2000:]}")

    async def _is_ready(self) -> bool:
        try:
            return (await ask(self.port, "GET", "/api/none", {})).status < 500
        except Unanswered:
            return False

    def send(self, number: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    async def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Let the process end by this signal, and wait for it."""
        self.send(number)
        if self.process is not None:
            await asyncio.to_thread(self.process.wait, 40)


class Killer:
    """Takes the servers in turn, and lets at least one live when there are several."""

    def __init__(self, servers: list[Server], chance: random.Random) -> None:
        self.servers, self.chance = servers, chance
        self.points: Counter[str] = Counter()

    async def kill(self, times: int) -> None:
        """So many kill points, at random moments."""
        names, weights = [way for way, _ in WAYS], [weight for _, weight in WAYS]
        for number in range(times):
            await asyncio.sleep(self.chance.uniform(0.0, 0.4))
            way = self.chance.choices(names, weights)[0]
            self.points[way] += 1
            await self._hit(self.servers[number % len(self.servers)], way)

    async def _hit(self, server: Server, way: str) -> None:
        if way == "SIGSTOP":
            server.send(signal.SIGSTOP)
            await asyncio.sleep(self.chance.uniform(0.1, 1.0))
            server.send(signal.SIGCONT)
            return
        await server.end(signal.Signals[way])
        await server.start()
