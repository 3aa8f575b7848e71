"""The command `setlog`."""

import asyncio
import sys

import click

from webapp import logs
from webapp.catalogue import prepare
from webapp.cli_accounts import token, user
from webapp.cli_data import backup, copy, export, restore
from webapp.cli_import import import_file
from webapp.commands import settings as read_settings


@click.group()
def main() -> None:
    """Setlog, the self-hosted workout tracker."""


main.add_command(user)
main.add_command(token)
main.add_command(export)
main.add_command(backup)
main.add_command(restore)
main.add_command(copy)
main.add_command(import_file)


@main.command()
def migrate() -> None:
    """Bring the database to this version."""
    asyncio.run(prepare(read_settings()))
    click.echo("The database is up to date.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Migrate, then serve until SIGTERM or SIGINT."""
    from webapp.server import run  # the server's libraries are not needed by other commands

    settings = read_settings()
    asyncio.run(prepare(settings))
    logs.configure()
    click.echo(f"Setlog is at http://{host}:{port}", err=True)
    sys.exit(run(settings, host, port, workers))
