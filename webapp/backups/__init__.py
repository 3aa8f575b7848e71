"""A whole server as one file, made while it serves, and put back."""

from pathlib import Path

from webapp.backups import postgres, sqlite
from webapp.backups.common import Refused
from webapp.backups.moving import Copied, copy
from webapp.catalogue import prepare
from webapp.settings import Settings

__all__ = ["Copied", "Refused", "backup", "copy", "restore"]


async def backup(settings: Settings, target: Path) -> int:
    """Copy everything as it is at one moment into one file; how many rows that are. Nobody has to
    wait for it. Raises Refused."""
    engine = sqlite if settings.is_sqlite else postgres
    return await engine.backup(settings, target)


async def restore(settings: Settings, source: Path, is_forced: bool = False) -> int:
    """Put everything back as a backup has it, and bring it to this version; how many rows that
    are. Raises Refused, before anything is changed: for a file that is damaged, newer than this
    program or of the other engine, and for a database with people in it unless forced."""
    engine = sqlite if settings.is_sqlite else postgres
    amount = await engine.restore(settings, source, is_forced)
    await prepare(settings)
    return amount
