"""An import under way: piece by piece, each in one transaction, in tasks of their own.

A piece is imported once, whoever tries: its mark is set in the transaction of its workouts. So a
server that is killed leaves whole pieces behind, and any server goes on with the next one.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from contextvars import Context
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from quart import Quart, current_app

from webapp import logs
from webapp.db import Row, Unavailable, is_postgres, row, rows, transaction
from webapp.db.turns import alone
from webapp.importing import accounts, exercises, undoing
from webapp.importing.content import Present, Units, day_of, of_imported
from webapp.importing.plain import ImportedWorkout, rows_of, unpacked
from webapp.importing.present import look
from webapp.importing.storing import Target, store

PAUSE_SECONDS = 0.005  # after each piece, for everybody else
STALE = timedelta(seconds=20)  # an import nobody has worked on for so long is taken over
WATCH_SECONDS = 15.0

_BATCH = (
    "SELECT b.id, b.user_id, b.format, b.status, b.report, b.undone_at, u.timezone FROM imports b "
    "JOIN users u ON u.id = b.user_id WHERE b.id = ?"
)
_HELD = f"{_BATCH} FOR UPDATE OF b"
_NEXT = (
    "SELECT id, data FROM import_parts WHERE user_id = ? AND batch_id = ? AND done_at IS NULL "
    "ORDER BY number LIMIT 1"
)
_DONE = "UPDATE import_parts SET done_at = ?, outcome = ? WHERE user_id = ? AND id = ?"
_TOUCH = "UPDATE imports SET updated_at = ? WHERE user_id = ? AND id = ?"
_END = (
    "UPDATE imports SET status = ?, report = ?, updated_at = ? WHERE user_id = ? AND id = ? "
    "AND status = 'running'"
)
_OUTCOMES = "SELECT outcome FROM import_parts WHERE user_id = ? AND batch_id = ?"
_STALE = "SELECT id FROM imports WHERE status = 'running' AND updated_at < ?"


async def step(batch_id: int) -> bool:
    """Import the next piece, or clear away a few workouts of an undone import; False when there is
    nothing left to do."""
    return await transaction(lambda: _step(batch_id), finds_done=True)


async def _step(batch_id: int) -> bool:
    owner = await row("SELECT user_id FROM imports WHERE id = ?", batch_id)
    if owner is None:
        return False
    await alone(owner["user_id"])
    batch = await row(_HELD if is_postgres() else _BATCH, batch_id)
    if batch is None or batch["status"] not in ("running", "undone"):
        return False
    if batch["status"] == "undone":
        return await undoing.erase(batch)
    piece = await row(_NEXT, batch["user_id"], batch_id)
    if piece is None:
        await _finish(batch)
        return False
    await _import(batch, piece)
    return True


async def _import(batch: Row, piece: Row) -> None:
    report, now = orjson.loads(batch["report"]), datetime.now(UTC)
    data = bytes(piece["data"])
    if batch["format"] == accounts.FORMAT:
        outcome = await accounts.store(batch, report, rows_of(data)[0])
    else:
        outcome = await _stored(batch, report, unpacked(data)[0])
    said = orjson.dumps(outcome).decode()
    await rows(_DONE, now, said, batch["user_id"], piece["id"])
    await rows(_TOUCH, now, batch["user_id"], batch["id"])


async def _stored(
    batch: Row, report: dict[str, Any], workouts: list[ImportedWorkout]
) -> dict[str, int]:
    """Store what is new of a piece; what became of its workouts."""
    target, present = await _target(batch, report, workouts), Present()
    await look(present, target.user_id, {day_of(each, target.units.zone) for each in workouts})
    outcome, wanted = _judged(target, present, workouts, report["choices"]["differing"])
    outcome["sets"] = await store(target, wanted) if wanted else 0
    return outcome


async def _target(
    batch: Row, report: dict[str, Any], workouts: Sequence[ImportedWorkout]
) -> Target:
    said, user_id = report["choices"], batch["user_id"]
    units = Units(said["weight_unit"], said["distance_unit"], ZoneInfo(batch["timezone"]))
    names = {item.name for workout in workouts for item in workout.items}
    ids = {name: report["ids"][name] for name in names if name in report["ids"]}
    known = await exercises.snapshots(user_id, set(ids.values()))
    return Target(user_id, batch["id"], units, ids, known)


def _judged(
    target: Target, present: Present, workouts: Sequence[ImportedWorkout], with_differing: bool
) -> tuple[dict[str, int], list[ImportedWorkout]]:
    """How many workouts are new, there, or there with other sets; and those to be stored."""
    known, wanted = target.exercises, []
    meant = {name: known[id]["id"] if id in known else None for name, id in target.ids.items()}
    outcome = dict.fromkeys(("new", "there", "differs"), 0)
    for workout in workouts:
        content = of_imported(workout, meant, target.units, target.batch_id)
        if content.sets:
            verdict = present.judge(content)
            outcome[verdict] += 1
            present.add(content)
            if verdict == "new" or (verdict == "differs" and with_differing):
                wanted.append(workout)
    return outcome, wanted


async def _finish(batch: Row) -> None:
    report, now = orjson.loads(batch["report"]), datetime.now(UTC)
    total = dict.fromkeys(("new", "there", "differs", "sets"), 0)
    stored = await rows(_OUTCOMES, batch["user_id"], batch["id"])
    outcomes = [orjson.loads(each["outcome"]) for each in stored]
    for each in outcomes:
        for name in total:
            total[name] += each.get(name, 0)
    report |= {"result": total | {"also": accounts.made(outcomes)}, "finished_at": now.isoformat()}
    said = orjson.dumps(report).decode()
    await rows(_END, "done", said, now, batch["user_id"], batch["id"])


class Runner:
    """The imports that this process works on, each in a task."""

    def __init__(self) -> None:
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._is_over = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None

    def start(self, batch_id: int) -> None:
        """Work on an import until nothing is left to do; harmless when that is so already."""
        if batch_id not in self._tasks and not self._is_over.is_set():
            # A context of its own: the request's knows a transaction that has ended by then.
            task = asyncio.create_task(self._run(batch_id), context=Context())
            self._tasks[batch_id] = task
            task.add_done_callback(lambda _: self._tasks.pop(batch_id, None))

    async def _run(self, batch_id: int) -> None:
        try:
            # A task each: a failed transaction spoils the task that it was in.
            while await asyncio.create_task(step(batch_id)):
                if self._is_over.is_set():
                    return
                await asyncio.sleep(PAUSE_SECONDS)
        except Unavailable as error:
            logs.ERRORS.warning("an import waits for the database: %s", error)
        except Exception as error:
            logs.ERRORS.error("an import stopped", exc_info=error)
            await asyncio.create_task(_fail(batch_id))

    def watch(self, every: float = WATCH_SECONDS) -> None:
        """Take over what another server left behind, from now to the end."""
        self._watching = asyncio.create_task(self._watch(every))

    async def _watch(self, every: float) -> None:
        while not self._is_over.is_set():
            for each in await asyncio.create_task(_left_behind()):
                self.start(each)
            try:
                await asyncio.wait_for(self._is_over.wait(), every)
            except TimeoutError:
                continue

    async def idle(self) -> None:
        """Wait until nothing is being worked on."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values())

    async def stop(self) -> None:
        """End after the piece at hand."""
        self._is_over.set()
        if self._watching is not None:
            await self._watching
        await self.idle()


async def _left_behind() -> list[int]:
    try:
        stale = await rows(_STALE, datetime.now(UTC) - STALE)
        return [each["id"] for each in stale] + await undoing.unfinished()
    except Exception as error:
        logs.ERRORS.warning("looking for imports to go on with failed: %s", error)
        return []


async def _fail(batch_id: int) -> None:
    """Tell the person that it stopped; where not even that can be written, it is taken over."""

    async def note() -> None:
        batch = await row(_BATCH, batch_id)
        if batch is not None:
            facts = (batch["report"], datetime.now(UTC), batch["user_id"], batch_id)
            await rows(_END, "failed", *facts)

    with suppress(Unavailable):
        await transaction(note)


def install(app: Quart) -> None:
    """Let the app have a runner, whose pieces end before the database is closed."""

    @app.before_serving
    async def begin() -> None:
        app.config["IMPORTS"] = Runner()

    async def end() -> None:
        await app.config["IMPORTS"].stop()

    app.after_serving_funcs.insert(0, end)


def go_on(app: Quart) -> None:
    """Let the app take over imports that another server left behind."""

    @app.before_serving
    async def begin() -> None:
        app.config["IMPORTS"].watch()


def runner() -> Runner:
    """The runner of this process."""
    found: Runner = current_app.config["IMPORTS"]
    return found
