"""Writers on SQLite share a transaction, and each hears what came of it."""

import asyncio
import sqlite3
import threading
from typing import cast

import pytest
from tortoise.connection import get_connection

from webapp import db
from webapp.db.sqlite import GroupLost, SetlogSqliteClient
from webapp.settings import Settings


@pytest.mark.parametrize("is_full", [False, True])
@pytest.mark.parametrize("leaves", ["who waits", "who commits"])
async def test_writers_hear_of_a_commit_that_another_does_not_wait_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, leaves: str, is_full: bool
) -> None:
    """Writers share a transaction; one of them is cancelled while it is committed."""
    if not settings.is_sqlite:
        pytest.skip("PostgreSQL's writers share nothing")
    monkeypatch.setattr("webapp.db.sqlite.GROUP_SIZE", 3)
    monkeypatch.setattr("webapp.db.sqlite.GROUP_SECONDS", 60)
    await db.connect(settings)
    try:
        await db.rows("CREATE TABLE kept (name TEXT)")
        client = cast(SetlogSqliteClient, get_connection("default"))
        committing, may_end = asyncio.Event(), threading.Event()
        aside, loop = client.writer.aside, asyncio.get_running_loop()

        def commit() -> None:
            loop.call_soon_threadsafe(committing.set)
            may_end.wait(30)
            if is_full:
                raise sqlite3.OperationalError("database or disk is full")
            client.writer._conn.commit()

        monkeypatch.setattr(client.writer, "aside", lambda _: aside(commit))
        client.writer._commit_seconds = 1.0

        async def write(name: str) -> None:
            async with client._in_transaction() as turn:
                await asyncio.sleep(0)  # so that the others wait for their turn
                await turn.execute_query("INSERT INTO kept VALUES (?)", [name])

        those = [asyncio.create_task(write(name)) for name in ("first", "second", "last")]
        async with asyncio.timeout(30):
            await committing.wait()
            those[0 if leaves == "who waits" else 2].cancel()
            await asyncio.sleep(0)
            may_end.set()
            ended = await asyncio.gather(*those, return_exceptions=True)
        told = [type(each) for each in ended if not isinstance(each, asyncio.CancelledError)]
        assert told == [GroupLost if is_full else type(None)] * 2
        assert len(await db.rows("SELECT name FROM kept")) == (0 if is_full else 3)
        assert not client.writer.in_transaction and not client._lock.locked()
    finally:
        may_end.set()
        await db.disconnect()
