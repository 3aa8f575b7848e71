"""Servers are replaced one after the other while lifters log sets, and nobody sees a failure."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from torture.balancer import before
from torture.killing import Server
from torture.lifter import Lifter
from torture.wire import Answer, ask


class Strict(Lifter):
    """A lifter who asks once: whatever is not a success is a failure."""

    async def say(self, method: str, path: str, **said: Any) -> Answer:
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        headers["Idempotency-Key"] = str(uuid4())
        self.tries += 1
        answer = await ask(self.port, method, path, headers, said or None, limit=60)
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path} {answer.status}: {answer.data}")
        return answer


async def roll(servers: Sequence[Server], lifters: Sequence[Lifter], times: int) -> int:
    """Replace each server in turn, so many times in all, by SIGTERM and a new process; how many
    requests went to a second server. Raises what a lifter met."""
    stop = asyncio.Event()
    async with before(lambda: [each.port for each in servers]) as balancer:
        for lifter in lifters:
            lifter.port = balancer.port
        async with asyncio.TaskGroup() as group:
            for lifter in lifters:
                group.create_task(lifter.train(stop))
            for number in range(times):
                await some_sets(lifters)
                await servers[number % len(servers)].end()
                await servers[number % len(servers)].start()
            await some_sets(lifters)
            stop.set()
    return balancer.again


async def some_sets(lifters: Sequence[Lifter]) -> None:
    """Wait, and return when every lifter has logged two more."""
    before = [len(each.acknowledged) for each in lifters]
    while any(len(each.acknowledged) < n + 2 for each, n in zip(lifters, before, strict=True)):
        await asyncio.sleep(0.02)
