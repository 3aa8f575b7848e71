"""What every torture needs: people on a database, servers over it, and the count in the end."""

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.support.world import make_token
from torture.audit import audit, is_sound
from torture.killing import Server
from torture.lifter import Lifter
from torture.starter import Starter
from webapp import db
from webapp.models import User
from webapp.settings import Settings

SECRET = "the key of a torture, long enough to be one"


async def people(
    settings: Settings, many: int, chance: random.Random, kind: type[Lifter] = Lifter
) -> dict[int, Lifter]:
    """So many new accounts, each by its id with somebody who trains there."""
    await db.connect(settings)
    try:
        names = [f"ann{n}" for n in range(many)]
        users = [await User.create(username=n, username_key=n, first_name="Ann") for n in names]
        tokens = [await make_token(user, "gym") for user in users]
        seeds = [random.Random(chance.random()) for _ in users]
        made = zip(users, tokens, seeds, strict=True)
        return {user.id: kind(token, seed) for user, token, seed in made}
    finally:
        await db.disconnect()


@asynccontextmanager
async def serving(settings: Settings, folder: Path, amount: int) -> AsyncIterator[list[Server]]:
    """Servers over the database, which are ended in the end."""
    there = {"SETLOG_DATABASE_URL": settings.database_url, "SETLOG_SECRET_KEY": SECRET}
    starter = Starter()
    servers = [Server(starter, folder, number, there) for number in range(amount)]
    try:
        await asyncio.gather(*(server.start() for server in servers))
        yield servers
    finally:
        await asyncio.gather(*(server.end() for server in servers))
        starter.end()


async def audited(settings: Settings, lifters: Mapping[int, Lifter]) -> list[str]:
    """What is wrong in the end, in words; nothing when all that was acknowledged is there once."""
    await db.connect(settings)
    try:
        found = [await audit(user_id, lifter) for user_id, lifter in lifters.items()]
        return [each for wrong in found for each in wrong] + await is_sound()
    finally:
        await db.disconnect()


def told(lifters: Mapping[int, Lifter], wrong: list[str]) -> str:
    """What was acknowledged, and whether it is there."""
    sets = sum(len(each.acknowledged) for each in lifters.values())
    workouts = sum(len(each.finished) for each in lifters.values())
    tries = sum(each.tries for each in lifters.values())
    end = "\n".join(wrong) if wrong else "  every one of them is there exactly once"
    return f"  {sets} sets and {workouts} workouts acknowledged, {tries} requests sent\n{end}"
