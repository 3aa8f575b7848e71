"""`setlog import`: a file of another app into somebody's account."""

import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from webapp.auth import Caller
from webapp.commands import with_database
from webapp.db import transaction
from webapp.importing import batches, choosing, previewing, running, uploads
from webapp.importing.batches import Batch
from webapp.models import User
from webapp.views.imports import APPS, amounts
from webapp.views.text import count_of


@click.command("import")
@click.argument("login", metavar="USER")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--unit", type=click.Choice(["kg", "lb"]), help="Of weights without a unit.")
@click.option(
    "--distance-unit", type=click.Choice(["km", "mi", "m"]), help="Of distances without a unit."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def import_file(
    login: str, file: Path, unit: str | None, distance_unit: str | None, yes: bool
) -> None:
    """Import FILE (Strong, Hevy, FitNotes, or what Setlog exported) for USER.

    Tells what is in it first. What is there already is left alone; the import can be undone on
    the page Import for 30 days.
    """
    units = {"weight_unit": unit, "distance_unit": distance_unit}
    said = {name: value for name, value in units.items() if value}
    with_database(lambda: _import(login, file, said, yes))


async def _import(login: str, file: Path, said: dict[str, Any], yes: bool) -> None:
    user = await User.by_login(login)
    if user is None:
        raise click.ClickException(f"there is no user {login}")
    await _look_and_run(caller_of(user), file, said, yes)


def caller_of(user: User) -> Caller:
    """The person as if they had signed in."""
    known = {each.name for each in fields(Caller)} & set(User._meta.fields_map)
    same = {name: getattr(user, name) for name in known}
    return Caller(user_id=user.id, user_uuid=user.uuid, **same)


async def _look_and_run(caller: Caller, file: Path, said: dict[str, Any], yes: bool) -> None:
    with file.open("rb") as opened:
        look = await uploads.look_at(caller, opened)
    batch = await transaction(lambda: uploads.keep(caller, look, file.name))
    if await choosing.choose(caller, batch, said):
        await previewing.recount(caller, batch)
    _tell(batch)
    also = batch.report.get("also", {}).get("new")
    if not (batch.report["counts"]["new"] or batch.report["counts"]["differs"] or also):
        click.echo("There is nothing new to import.")
        return
    _confirm(yes, "Import it?")
    await transaction(lambda: choosing.begin(caller, batch))
    await _run(batch)
    done = await batches.found(caller.user_id, batch.uuid)
    result = done.report.get("result", {})
    told = [count_of(result.get("new", 0), "workout"), count_of(result.get("sets", 0), "set")]
    told += [amounts(result["also"])] if result.get("also") else []
    click.echo(f"Imported {', '.join(told)}.")


def _confirm(yes: bool, question: str) -> None:
    if not yes:
        click.confirm(question, abort=True)


def _tell(batch: Batch) -> None:
    report = batch.report
    counts, choices = report["counts"], report["choices"]
    is_ours = "also" in report
    lines = count_of(report["lines"], "row" if is_ours else "line")
    click.echo(f"{APPS[batch.format]}, {lines}:")
    click.echo(f"  new: {count_of(counts['new'], 'workout')}, {count_of(counts['sets'], 'set')}")
    click.echo(f"  there already: {counts['there']:,}, with other sets: {counts['differs']:,}")
    for name, by_noun in report.get("also", {}).items():
        if by_noun:
            click.echo(f"  {name}{' already' if name == 'there' else ''}: {amounts(by_noun)}")
    click.echo(f"  {'rows' if is_ours else 'lines'} not read: {report['lost']:,}")
    for each in report["problems"]:
        place = f"line {each['line']}: " if each["line"] else ""
        click.echo(f"    {place}{each['text']}")
    for name in report["needs"]:
        click.echo(f"  {name.replace('_', ' ')}: {choices[name]}")
    for each in report["names"]:
        if each["by"] != "name":
            click.echo(f"  {each['name']} → {each['exercise'] or 'a new exercise'}")


async def _run(batch: Batch) -> None:
    is_seen = sys.stderr.isatty()
    with click.progressbar(length=batch.parts, file=sys.stderr, hidden=not is_seen) as bar:
        while await running.step(batch.id):
            bar.update(1)
