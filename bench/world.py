"""What is measured: a person with 10,000 sets behind them and a workout under way."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quart import Quart

from tests.support.history import train
from webapp import create_app, db
from webapp.auth import TOKEN_PREFIX, digest, new_secret
from webapp.catalogue import load_catalogue
from webapp.db.migrate import migrate
from webapp.models import Exercise, LoginSession, Token, User
from webapp.settings import Settings

SECRET = "the key of a benchmark, long enough to be one"
ITEMS, SETS = 6, 4


@dataclass(frozen=True)
class World:
    """The credentials of ann, and the UUIDs of the exercises she does."""

    settings: Settings
    token: str
    cookie: str
    exercises: list[str]
    past_sets: int


def make(folder: Path, past_sets: int) -> World:
    """Make a database in `folder` with ann, `past_sets` sets in her history, and a workout."""
    settings = Settings(f"sqlite://{folder}/bench.sqlite3", SECRET, insecure_http=True)
    return asyncio.run(_make(settings, past_sets))


async def _make(settings: Settings, past_sets: int) -> World:
    await migrate(settings)
    await db.connect(settings)
    try:
        await load_catalogue()
        user = await User.create(username="ann", username_key="ann", first_name="Ann")
        await train(user, workouts=past_sets // (ITEMS * SETS), exercises=ITEMS, sets=SETS)
        token, cookie = await _credentials(user, create_app(settings))
        known = await Exercise.filter(user=user).limit(ITEMS)
        exercises = [str(each.uuid) for each in known]
        return World(settings, token, cookie, exercises, past_sets)
    finally:
        await db.disconnect()


async def _credentials(user: User, app: Quart) -> tuple[str, str]:
    token, secret = TOKEN_PREFIX + new_secret(), new_secret()
    await Token.create(
        user=user, name="bench", contract="live", token_hash=digest(token), hint=token[-4:]
    )
    now = datetime.now(UTC)
    await LoginSession.create(
        user=user,
        kind="cookie",
        secret_hash=digest(secret),
        last_seen_at=now,
        expires_at=now + timedelta(days=1),
    )
    return token, app.extensions["QUART_AUTH"][0].dump_token(secret, app=app)
