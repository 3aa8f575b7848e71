"""The command `setlog`."""

import asyncio
import errno
import os
import socket
import sys

import click

from webapp import apart, logs
from webapp.catalogue import prepare
from webapp.cli_accounts import token, user
from webapp.cli_data import backup, copy, export, restore
from webapp.cli_import import import_file
from webapp.commands import said_in_a_line
from webapp.commands import settings as read_settings
from webapp.settings import Settings

NOT_OURS = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)


@click.group()
def main() -> None:
    """Setlog, the self-hosted workout tracker."""
    os.umask(0o077)  # the database and what is made of it is for its own user alone


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
    _prepared(read_settings())
    click.echo("The database is up to date.")


def _prepared(settings: Settings) -> None:
    with said_in_a_line():
        asyncio.run(prepare(settings))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Migrate, then serve until SIGTERM or SIGINT."""
    from webapp.server import run  # the server's libraries are not needed by other commands

    settings = read_settings()
    # Migrations leave 5 to 40 MB behind, which whoever serves would keep for ever.
    apart.run(lambda: _prepared(settings))
    logs.configure()
    click.echo(f"Setlog is at http://{host}:{port}", err=True)
    try:
        sys.exit(run(settings, host, port, workers))
    except OSError as error:
        if error.errno in NOT_OURS or isinstance(error, socket.gaierror):
            text = f"Setlog cannot listen at {host}:{port}: {error.strerror}"
            raise click.ClickException(text) from error
        raise
