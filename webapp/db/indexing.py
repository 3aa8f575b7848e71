"""An index over a table that may be large, made while others write to it."""

from typing import Any

from tortoise.migrations.operations import RunSQL


class MakeIndex(RunSQL):
    """CREATE INDEX name ON what. On PostgreSQL it is made CONCURRENTLY: that takes longer, holds
    no writer up, and cannot be part of a transaction, so its migration says `atomic = False`."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(
            f"CREATE INDEX IF NOT EXISTS {name} ON {what}", f"DROP INDEX IF EXISTS {name}"
        )
        self.name, self.what = name, what

    async def _run_sql(self, state_editor: Any, sql: Any) -> None:
        if state_editor.collect_sql or state_editor.client.capabilities.dialect != "postgres":
            await super()._run_sql(state_editor, sql)
            return
        async with state_editor.client.acquire_connection() as connection:
            await connection.execute("SET lock_timeout = 0")  # nobody waits behind this one
            # What is left of an attempt that was interrupted is there and not used.
            await connection.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {self.name}")
            if sql is self.sql:
                await connection.execute(f"CREATE INDEX CONCURRENTLY {self.name} ON {self.what}")
