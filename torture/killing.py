"""Server processes that are killed, stopped and restarted at random."""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

from tests.support.serving import free_port
from torture.starter import Starter
from torture.wire import Unanswered, ask

# A start is 1.5 s of processor time, of which a crowded machine gives little; a process that
# has ended is not waited for.
START_SECONDS = 300.0
END_SECONDS = 120.0  # of which it takes 20 for what is under way
WAYS = (("SIGKILL", 70), ("SIGSTOP", 20), ("SIGTERM", 10))


class Server:
    """One `setlog serve` on a port that it keeps over its restarts."""

    def __init__(
        self,
        starter: Starter,
        folder: Path,
        number: int,
        environment: dict[str, str],
        *arguments: str,
    ) -> None:
        self.port, self.starter = free_port(), starter
        self.environment = {
            "SETLOG_INSECURE_HTTP": "1",
            "SETLOG_MAX_REQUESTS": "0",  # one person is a crowd here
            **environment,
        }
        self.log = folder / f"server-{number}.log"
        self.arguments = ["serve", "--port", str(self.port), *arguments]
        self.pid = 0

    async def start(self) -> None:
        """Start, and return when it answers."""
        self.pid = self.starter.start(self.arguments, self.environment, self.log)
        end = time.monotonic() + START_SECONDS
        while self.is_running() and time.monotonic() < end:
            if await self._is_ready():
                return
            await asyncio.sleep(0.02)
        raise RuntimeError(f"setlog did not start again:\n{self.log.read_text()[-2000:]}")

    async def _is_ready(self) -> bool:
        try:
            return (await ask(self.port, "GET", "/api/none", {})).status < 500
        except Unanswered:
            return False

    def is_running(self) -> bool:
        return self.pid != 0 and Path(f"/proc/{self.pid}").exists()

    def send(self, number: signal.Signals) -> None:
        if self.is_running():
            os.kill(self.pid, number)

    async def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Let the process end by this signal, and wait for it."""
        self.send(number)
        end = time.monotonic() + END_SECONDS
        while time.monotonic() < end:
            if not self.is_running():
                return
            await asyncio.sleep(0.01)
        raise RuntimeError(f"setlog did not end by {number.name}:\n{self.log.read_text()[-2000:]}")


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
            if not (number + 1) % 100:
                print(f"  {number + 1} kill points", flush=True)

    async def _hit(self, server: Server, way: str) -> None:
        if way == "SIGSTOP":
            server.send(signal.SIGSTOP)
            await asyncio.sleep(self.chance.uniform(0.1, 1.0))
            server.send(signal.SIGCONT)
            return
        await server.end(signal.Signals[way])
        await server.start()
