"""A database in which ann has trained for years and eve not at all, made by a process of its own:
python -m tests.support.years FOLDER. Everything in it is of days long gone, so that no clock
changes what its pages say.
"""

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.history import train
from tests.support.people import PASSWORD
from webapp import db, passwords
from webapp.catalogue import prepare
from webapp.db import rows
from webapp.models import Location, Routine, User
from webapp.settings import ROOT, Settings

UNTIL = datetime(2024, 3, 1, 18, 30, tzinfo=UTC)
WORKOUTS = 780  # three a week for five years
SECRET = "a secret of the tests, long enough to be one"


def made(folder: Path) -> Path:
    """The folder with such a database in it, as `setlog_process` serves it."""
    command = [sys.executable, "-m", "tests.support.years", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT)
    return folder


async def fill(folder: Path) -> None:
    settings = Settings(database_url=f"sqlite://{folder}/setlog.sqlite3", secret_key=SECRET)
    await prepare(settings)
    await db.connect(settings)
    try:
        secret = await passwords.hashed(PASSWORD)
        for name in ("ann", "eve"):
            person = User(username=name, username_key=name, password_hash=secret)
            person.timezone = "Europe/Berlin"
            await person.save()
        await _training(await User.get(username="ann"))
    finally:
        await db.disconnect()


async def _training(ann: User) -> None:
    every = timedelta(days=2, hours=8)
    ids = await train(ann, WORKOUTS, exercises=5, sets=4, pool=12, until=UNTIL, every=every)
    await train(ann, 2, exercises=2, sets=3, pool=12, until=UNTIL - timedelta(hours=9), every=every)
    home = await Location.create(user=ann, name="Home gym")
    push = await Routine.create(user=ann, name="Full body A")
    third = "SELECT id FROM workouts WHERE user_id = ? AND id % 3 = 0"
    place = f"UPDATE workouts SET location_id = ?, location_name = ? WHERE id IN ({third})"
    await rows(place, home.id, home.name, ann.id)
    await rows(
        "UPDATE workouts SET routine_id = ? WHERE user_id = ? AND name = ?",
        *(push.id, ann.id, push.name),
    )
    await _last(ids[-1])


async def _last(workout_id: int) -> None:
    """The last workout has notes, a warm-up and a personal best."""
    noted = "UPDATE workouts SET name = ?, notes = ? WHERE id = ?"
    await rows(noted, "Heavy day before the holidays", "Slept well, no pain at all.", workout_id)
    of_first = (
        "workout_id = ? AND item_id = (SELECT MIN(id) FROM workout_items WHERE workout_id = ?)"
    )
    warm = f"UPDATE workout_sets SET set_type = 'warm_up' WHERE {of_first} AND position = 0"
    await rows(warm, workout_id, workout_id)
    best = (
        "UPDATE workout_sets SET weight = '142.5', weight_grams = 142500, rpe = '9', notes = ? "
        f"WHERE {of_first} AND position = 2"
    )
    await rows(best, "Belt on", workout_id, workout_id)


if __name__ == "__main__":
    asyncio.run(fill(Path(sys.argv[1])))
