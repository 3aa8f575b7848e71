"""PostgreSQL fails in every way it can while lifters log sets: connections are killed, it is
started anew, through PgBouncer as well, and in the end its primary dies and the standby goes on."""

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from torture.cluster import Cluster, Node, cluster, pgbouncer
from torture.lifter import Lifter
from torture.rolling import some_sets
from torture.scene import SECRET, audited, people, serving, told
from webapp.catalogue import prepare
from webapp.settings import Settings

LIMIT_SECONDS = 30.0
KILL_ALL = (
    "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE datname = 'torture' AND pid <> pg_backend_pid()"
)


async def torture(many: int, servers: int, seed: int) -> list[str]:
    """All of it; what was wrong in the end."""
    chance = random.Random(seed)
    with cluster() as there, tempfile.TemporaryDirectory(prefix="setlog-torture-") as folder:
        await there.start()
        settings = Settings(there.url, SECRET, insecure_http=True)
        await prepare(settings)
        made = await people(settings, many, chance)
        with pgbouncer(there.primary) as url:
            bounced = Settings(url, SECRET, insecure_http=True)
            await prepare(bounced)
            async with at_work(bounced, Path(folder), servers, list(made.values())) as lifters:
                await kill_connections(there.primary, lifters, times=5)
                await start_anew(there.primary, lifters)
        print("through PgBouncer: connections killed, PostgreSQL started anew", flush=True)
        async with at_work(settings, Path(folder), servers, list(made.values())) as lifters:
            await kill_connections(there.primary, lifters, times=20)
            await start_anew(there.primary, lifters)
            await fail_over(there, lifters)
        print("directly: connections killed, started anew, failed over to the standby", flush=True)
        wrong = await audited(settings, made)
    print(told(made, wrong), flush=True)
    return wrong


@asynccontextmanager
async def at_work(
    settings: Settings, folder: Path, amount: int, lifters: Sequence[Lifter]
) -> AsyncIterator[Sequence[Lifter]]:
    """Lifters train meanwhile at so many servers; what they have begun gets its answer."""
    stop = asyncio.Event()
    async with serving(settings, folder, amount) as servers, asyncio.TaskGroup() as group:
        for number, lifter in enumerate(lifters):
            lifter.port, lifter.limit = servers[number % len(servers)].port, LIMIT_SECONDS
            group.create_task(lifter.train(stop))
        await some_sets(lifters)
        yield lifters
        stop.set()


async def kill_connections(node: Node, lifters: Sequence[Lifter], times: int) -> None:
    """Kill every connection, again and again, and see that sets are logged afterwards."""
    for _ in range(times):
        await node.say(KILL_ALL)
        await asyncio.sleep(0.1)
    await some_sets(lifters)


async def start_anew(node: Node, lifters: Sequence[Lifter]) -> None:
    """Stop PostgreSQL, start it, and see that sets are logged afterwards."""
    await asyncio.to_thread(node.end)
    await asyncio.sleep(0.5)
    await asyncio.to_thread(node.start)
    await some_sets(lifters)


async def fail_over(there: Cluster, lifters: Sequence[Lifter]) -> None:
    """Kill the primary, promote the standby, and see that sets are logged afterwards."""
    await there.fail_over()
    await some_sets(lifters)
