"""`setlog export`, `setlog backup` and `setlog restore`: data out of the server and back."""

from pathlib import Path

import click

from webapp.commands import settings as read_settings
from webapp.commands import with_database
from webapp.exporting import export_account, export_sets
from webapp.models import User


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
