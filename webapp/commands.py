"""What every command needs: the settings, and the database open while it works."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import asyncpg
import click
from tortoise.exceptions import OperationalError

from webapp import db
from webapp.problems import Problem
from webapp.settings import Settings, WrongSetting, from_environment

T = TypeVar("T")


def settings() -> Settings:
    """The settings of the environment; a wrong one ends the command with one line and code 2."""
    try:
        return from_environment()
    except WrongSetting as error:
        click.echo(f"setlog: {error}", err=True)
        sys.exit(2)


@contextmanager
def said_in_a_line() -> Iterator[None]:
    """A database that cannot be used becomes one line and code 1."""
    try:
        yield
    except (OperationalError, db.Unavailable, OSError, asyncpg.PostgresError) as error:
        raise click.ClickException(f"the database cannot be used: {error}") from error


def with_database(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run `work` with the database open, and close it again.

    What it refuses, and a database that cannot be used, become one line and code 1.
    """
    try:
        return asyncio.run(_opened(work, settings()))
    except Problem as problem:
        texts = [text for texts in problem.fields.values() for text in texts]
        raise click.ClickException(". ".join(dict.fromkeys([problem.text, *texts]))) from problem
    except BrokenPipeError:
        raise  # whoever reads has read enough; click says nothing of it
    except (OperationalError, db.Unavailable, OSError) as error:
        text = f"the database cannot be used: {error} (setlog migrate prepares it)"
        raise click.ClickException(text) from error


async def _opened(work: Callable[[], Coroutine[Any, Any, T]], chosen: Settings) -> T:
    await db.connect(chosen)
    try:
        return await work()
    finally:
        await db.disconnect()
