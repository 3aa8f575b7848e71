"""`setlog export`, `backup`, `restore` and `copy`: data out of the server and back."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import click

from webapp import backups
from webapp.commands import settings as read_settings
from webapp.commands import with_database
from webapp.db.copying import BadCopy
from webapp.exporting import export_account, export_sets
from webapp.models import User
from webapp.settings import Settings, WrongSetting, checked_url

T = TypeVar("T")


@click.command()
@click.argument("login", metavar="USER")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "kind",
    type=click.Choice(["json", "csv"]),
    help="The whole account (json, the default) or its sets for spreadsheets; else by FILE's name.",
)
def export(login: str, file: Path, kind: str | None) -> None:
    """Write all that USER owns to FILE (- is standard output). The server may be running."""
    chosen = read_settings()
    write = (
        export_sets if (kind or file.suffix.removeprefix(".").lower()) == "csv" else export_account
    )

    async def work() -> None:
        user = await User.by_login(login)
        if user is None:
            raise click.ClickException(f"there is no user {login}")
        with click.open_file(str(file), "wb", atomic=str(file) != "-") as out:
            await write(chosen, user.id, out)  # type: ignore[arg-type]

    with_database(work)
    click.echo(f"Exported {login} to {file}.", err=True)


FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command()
@FILE
def backup(file: Path) -> None:
    """Copy the whole database to FILE, as it is at one moment. The server may be running."""
    rows = _done(backups.backup(read_settings(), file))
    click.echo(
        f"{file} holds {rows:,} rows. The secret key is not in it: keep a copy of that, too."
    )


@click.command()
@FILE
@click.option("--force", is_flag=True, help="Replace the accounts there are by those of FILE.")
def restore(file: Path, force: bool) -> None:
    """Put everything back as FILE has it. Stop the server first, or its next answers are new."""
    rows = _done(backups.restore(read_settings(), file, force))
    click.echo(f"{rows:,} rows are back from {file}.")


@click.command()
@click.argument("source", metavar="FROM_URL")
@click.argument("target", metavar="TO_URL")
@click.option("--force", is_flag=True, help="Replace the accounts there are in TO_URL.")
def copy(source: str, target: str, force: bool) -> None:
    """Copy the whole server from SQLite to PostgreSQL or back, and prove it. Stop the server
    first: what is written meanwhile is not in the copy."""
    here = read_settings()
    urls = [_settings_of(here, url) for url in (source, target)]
    copied = _done(backups.copy(urls[0], urls[1], force))
    for each in copied:
        click.echo(f"{each.name:24} {each.rows:>12,}  {each.checksum}")
    rows = sum(each.rows for each in copied)
    click.echo(f"{rows:,} rows in {len(copied)} tables are the same at both ends.")
    click.echo(
        "The secret key is not among them: give the new server the one of the old.", err=True
    )


def _settings_of(here: Settings, url: str) -> Settings:
    try:
        return replace(here, database_url=checked_url(url))
    except WrongSetting as error:
        raise click.ClickException(str(error)) from error


def _done(work: Coroutine[Any, Any, T]) -> T:
    """What the work returns; what it cannot do becomes one line and code 1."""
    try:
        return asyncio.run(work)
    except (backups.Refused, BadCopy) as error:
        raise click.ClickException(str(error)) from error
    except (OSError, asyncpg.PostgresError) as error:
        raise click.ClickException(f"the database cannot be used: {error}") from error
