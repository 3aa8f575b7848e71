"""What is measured: ann with years behind her and a workout to come, alone or among thousands.

python -m bench.world DATABASE_URL SETS PEOPLE makes one and prints her credentials: two engines
never share a process.
"""

import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from quart import Quart

from bench.filling import EACH, ITEMS, fill
from tests.support.history import lifts
from webapp import create_app, db
from webapp.auth import TOKEN_PREFIX, digest, new_secret
from webapp.catalogue import load_catalogue
from webapp.db.migrate import migrate
from webapp.models import Exercise, LoginSession, Token, User
from webapp.settings import ROOT, Settings

SECRET = "the key of a benchmark, long enough to be one"
KEPT = Path(tempfile.gettempdir()) / "setlog-bench"
WORTH_KEEPING = 50_000  # sets; fewer are made as quickly as copied
DAY = timedelta(days=1)


@dataclass(frozen=True)
class World:
    """The credentials of ann, the token of somebody else, and the UUIDs of the exercises that she
    does and of one of the catalogue's."""

    database_url: str
    token: str
    cookie: str
    other: str
    exercises: list[str]
    catalogued: list[str]
    past_sets: int


def make(folder: Path, past_sets: int, people: int = 1) -> World:
    """A SQLite database in `folder` with ann, `past_sets` sets in her history, and others with a
    few workouts each. Large ones are kept for the next time, until the program changes."""
    name = f"{past_sets}-{people}.sqlite3"
    kept = KEPT / _version() / name
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = made(f"sqlite://{folder}/fresh-{name}", past_sets, people)
        if past_sets * people < WORTH_KEEPING:
            return fresh
        shutil.move(folder / f"fresh-{name}", kept)
        kept.with_suffix(".json").write_text(json.dumps(asdict(fresh)))
    shutil.copy(kept, folder / name)
    known = json.loads(kept.with_suffix(".json").read_text())
    return World(**{**known, "database_url": f"sqlite://{folder}/{name}"})


def made(database_url: str, past_sets: int, people: int = 1) -> World:
    """The same in a new database of either engine."""
    command = [sys.executable, "-m", "bench.world", database_url, str(past_sets), str(people)]
    said = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE).stdout
    return World(**json.loads(said))


def _version() -> str:
    """Changes with the tables, with what is in them, and every month: sign-ins run out."""
    sources = sorted([*ROOT.glob("migrations/0*.py"), *ROOT.glob("bench/[fw]*.py")])
    text = b"".join(each.read_bytes() for each in sources)
    return f"{datetime.now(UTC):%Y-%m}-{sha256(text).hexdigest()[:12]}"


async def _make(settings: Settings, past_sets: int, people: int) -> World:
    await migrate(settings)
    await db.connect(settings)
    try:
        await load_catalogue()
        user = await User.create(username="ann", username_key="ann", first_name="Ann")
        exercises = await lifts(user, ITEMS)
        ids = [each.id for each in exercises]
        await fill(user.id, ids, max(past_sets // EACH, 1))
        if people > 1:
            await _others(people - 1, ids)
        bob = await User.create(username="bob", username_key="bob", first_name="Bob")
        known = await Exercise.filter(user=None, load="external").order_by("id").first()
        return World(
            database_url=settings.database_url,
            token=await _token(user),
            cookie=await _cookie(user, create_app(settings)),
            other=await _token(bob),
            exercises=[str(each.uuid) for each in exercises],
            catalogued=[str(known.uuid)] if known else [],
            past_sets=past_sets,
        )
    finally:
        await db.disconnect()


async def _others(people: int, exercises: list[int]) -> None:
    """People with four workouts each."""
    names = [f"p{number}" for number in range(people)]
    await User.bulk_create([User(username=name, username_key=name) for name in names])
    first = await User.get(username="p0")
    await fill(first.id, exercises, 4, people)


async def _token(user: User) -> str:
    token = TOKEN_PREFIX + new_secret()
    await Token.create(
        user=user, name="bench", contract="live", token_hash=digest(token), hint=token[-4:]
    )
    return token


async def _cookie(user: User, app: Quart) -> str:
    secret, now = new_secret(), datetime.now(UTC)
    await LoginSession.create(
        user=user,
        kind="cookie",
        secret_hash=digest(secret),
        last_seen_at=now,
        expires_at=now + 60 * DAY,
    )
    signed: str = app.extensions["QUART_AUTH"][0].dump_token(secret, app=app)
    return signed


if __name__ == "__main__":
    wanted = Settings(sys.argv[1], SECRET, insecure_http=True)
    found = asyncio.run(_make(wanted, int(sys.argv[2]), int(sys.argv[3])))
    print(json.dumps(asdict(found)))
