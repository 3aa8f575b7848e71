"""A file on its way in: unpacked, told apart, read, and kept for its preview."""

import codecs
import hashlib
import zlib
from collections.abc import Generator
from datetime import datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from webapp.auth import Caller
from webapp.importing import accounts, batches
from webapp.importing.batches import Batch
from webapp.importing.plain import Look, Reading, pieces
from webapp.importing.polite import politely
from webapp.importing.previewing import report_of
from webapp.importing.reading import read
from webapp.problems import invalid

PIECE = 150  # sets of one transaction, some ten milliseconds of work
GZIP = b"\x1f\x8b"
MOST_UNPACKED = 64 * 1024 * 1024
_STEP = 1024 * 1024
_BEGINNING = 1024


async def look_at(caller: Caller, file: BinaryIO) -> Look:
    """Read a file of another app, or an account of this one's. Raises Problem 400 for what cannot
    be read."""
    file.seek(0)
    if _is_account(file.read(_BEGINNING)):
        return await accounts.look_at(caller, file)
    file.seek(0)
    data = file.read()
    data = await politely(_unpacked(data)) if data.startswith(GZIP) else data
    reading = await politely(read(data, datetime.now(ZoneInfo(caller.timezone))))
    if not reading.workouts and not reading.problems:
        raise invalid("There is nothing in the file", file="It has a heading and no lines")
    said = await batches.last_choices(caller.user_id, reading.format)
    report = {"digest": hashlib.sha256(data).hexdigest()}
    report |= await report_of(caller, reading, said)
    return Look(reading.format, report, await politely(_packed(reading)))


async def keep(caller: Caller, look: Look, file_name: str) -> Batch:
    """Keep it for its preview; the same file again within minutes is the same preview."""
    known = await batches.again(caller.user_id, look.report["digest"])
    if known is not None:
        return known
    return await batches.make(caller.user_id, look.format, file_name, look.report, look.pieces)


def _is_account(begins: bytes) -> bool:
    """Whether it looks like an exported account of Setlog, gzipped or not."""
    if begins.startswith(GZIP):
        try:
            begins = zlib.decompressobj(31).decompress(begins, _BEGINNING)
        except zlib.error:
            return False
    return begins.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{")


def _packed(reading: Reading) -> Generator[None, None, list[bytes]]:
    found = []
    for piece in pieces(reading, PIECE):
        found.append(piece)
        yield
    return found


def _unpacked(data: bytes) -> Generator[None, None, bytes]:
    """What gzip packed. Raises Problem 400 for a damaged file and for more than MOST_UNPACKED."""
    found, machine = bytearray(), zlib.decompressobj(31)
    try:
        while not machine.eof and data:
            found += machine.decompress(data, _STEP)
            data = machine.unconsumed_tail
            if len(found) > MOST_UNPACKED:
                raise invalid("The file is too large", file="Unpacked it has more than 64 MB")
            yield
    except zlib.error as error:
        raise invalid("The file is damaged", file="It cannot be unpacked") from error
    return bytes(found)
