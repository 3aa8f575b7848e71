"""Taking one's data out: the page, and the files by its buttons or with a token."""

import asyncio
import gzip
import re
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, BinaryIO
from weakref import WeakKeyDictionary

from quart import Response, request

from webapp import auth, talk
from webapp.exporting import amounts, export_account, export_sets
from webapp.routing import pages
from webapp.security import settings
from webapp.settings import Settings
from webapp.zones import local

Write = Callable[[Settings, int, BinaryIO], Awaitable[None]]
IN_MEMORY = 1 << 20  # bytes; what is larger lies on the disk until it is sent
PIECE = 1 << 16
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


@pages.get("/settings/export")
async def show_export() -> Response:
    """What there is to take along, and how."""
    found = await amounts(auth.me().user_id)
    return await talk.reply("settings_export", amounts=found, base=request.host_url.rstrip("/"))


@pages.get("/export.json")
async def export_json() -> Response:
    """The whole account as one file (docs/export-format.md), which `import` takes."""
    return await _download(export_account, "json", "application/json")


@pages.get("/export.csv")
async def export_csv() -> Response:
    """Every set as a line of a table for spreadsheets, which `import` takes, too."""
    return await _download(export_sets, "csv", "text/csv; charset=utf-8")


def _turn() -> asyncio.Semaphore:
    """Held while a file is made: of many who ask at once, two keep the process busy."""
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(2))


async def _download(write: Write, ending: str, kind: str) -> Response:
    """The file, made whole before the first byte is sent: then nothing waits for a slow client."""
    me, packed = auth.me(), request.accept_encodings["gzip"] > 0
    file: Any = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - sent later
    async with _turn():
        if packed:
            with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=3, mtime=0) as inner:
                await write(settings(), me.user_id, inner)  # type: ignore[arg-type]
        else:
            await write(settings(), me.user_id, file)
    name = re.sub(r"[^\w.-]", "", f"{me.username or ''}", flags=re.ASCII) or "account"
    day = local(datetime.now(UTC), me.timezone).date()
    headers = {
        "Content-Disposition": f'attachment; filename="setlog-{name}-{day}.{ending}"',
        "Content-Length": str(file.tell()),
        "Cache-Control": "no-store",
        "Vary": f"{talk.VARY}, Accept-Encoding",
        **({"Content-Encoding": "gzip"} if packed else {}),
    }
    return Response(_pieces(file), 200, headers, content_type=kind)


async def _pieces(file: Any) -> AsyncIterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece
