"""The file a PostgreSQL backup is: a zip of one CSV a table, and a list of what must be in it."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import orjson

from webapp.backups.common import SQLITE, ZIP, Refused, begins

VERSION = 1
LIST = "backup.json"
PIECE = 1 << 20
# What reading a file raises that was cut, spoiled, or never was an archive.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    KeyError,
    ValueError,
    EOFError,
    OSError,
)


class Hashing:
    """A file that is written to, and what was written."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self.file.write(data)


@contextmanager
def writing(path: Path) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        yield archive


@contextmanager
def member(archive: zipfile.ZipFile, name: str) -> Iterator[Hashing]:
    """A file in the archive to write to, of any size."""
    with archive.open(f"{name}.csv", "w", force_zip64=True) as file:
        yield Hashing(file)


@contextmanager
def reading(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The archive and its list, after all of it was found whole. Raises Refused."""
    if begins(path, SQLITE):
        text = "is a backup of SQLite; restore it there, and setlog copy brings it to PostgreSQL"
        raise Refused(f"{path} {text}")
    if not begins(path, ZIP):
        raise Refused(f"{path} is no backup of Setlog")
    try:
        with zipfile.ZipFile(path) as archive:
            listed = orjson.loads(archive.read(LIST))
            _check(path, archive, listed)
            yield archive, listed
    except DAMAGED as error:
        raise Refused(f"{path} is damaged: {error}") from error


def _check(path: Path, archive: zipfile.ZipFile, listed: dict[str, Any]) -> None:
    if listed["setlog_backup"] != VERSION:
        raise Refused(f"{path} is of a newer Setlog; update this one first")
    for name, table in listed["tables"].items():
        digest = hashlib.sha256()
        with archive.open(f"{name}.csv") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
        if digest.hexdigest() != table["sha256"]:
            raise Refused(f"{path} is damaged: {name} is not what was written")
