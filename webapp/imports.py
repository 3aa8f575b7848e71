"""Moving in: a file is looked at, decided upon, imported, and taken back."""

import csv
import io
from functools import partial
from typing import Any, BinaryIO, cast
from uuid import UUID

from quart import Response, g, request

from webapp import auth, talk, toasts, writes
from webapp.importing import batches, choosing, previewing, undoing, uploads
from webapp.importing.running import runner
from webapp.models import library
from webapp.problems import invalid, not_found
from webapp.routing import or_again, pages
from webapp.writes import own_transaction

OFFERED = 30


@pages.get("/import")
async def show_imports() -> Response:
    """Where a file is chosen, and what was imported before."""
    found = await batches.listed(auth.me().user_id)
    return await talk.reply("imports", imports=found, person=auth.me())


@pages.post("/import")
@own_transaction
@or_again(show_imports)
async def upload() -> Response:
    """Look at a file (field `file`, or the body itself) and say what is in it; nothing of it is
    imported yet. 400 for a file that is not known."""
    name, file = await _file()
    look = await uploads.look_at(auth.me(), file)
    return await writes.at_most_once(partial(_looked_at, look, name))


async def _looked_at(look: uploads.Look, name: str) -> Response:
    batch = await uploads.keep(auth.me(), look, name)
    return await _said(batch, 201, to=f"/import/{batch.uuid}")


async def _file() -> tuple[str, BinaryIO]:
    sent: Any
    name, file = (await talk.query("UploadQuery")).get("name", ""), cast(BinaryIO, io.BytesIO())
    if request.mimetype == "multipart/form-data":
        sent = (await request.files).get("file")
        name, file = (sent.filename or "", sent.stream) if sent else (name, file)
    elif request.mimetype != "application/x-www-form-urlencoded":
        sent = await request.get_data()
        file = io.BytesIO(sent)
    if not file.read(1):
        raise invalid("No file was chosen", file="Choose the file that the other app exported")
    return name.replace("\x00", ""), file


async def _said(batch: batches.Batch, status: int = 200, to: str | None = None) -> Response:
    return await talk.reply(
        "import_progress" if talk.is_fragment() else "import_batch",
        status,
        to=to,
        batch=batch,
        person=auth.me(),
        changed=partial(undoing.changed, batch),
    )


@pages.get("/import/<uuid:uuid>")
async def show_import(uuid: UUID) -> Response:
    """One import: its preview, how far it is, or what became of it."""
    return await _said(await batches.found(auth.me().user_id, uuid))


@pages.post("/import/<uuid:uuid>/choices")
@own_transaction
@or_again(show_import)
async def decide(uuid: UUID) -> Response:
    """Say which units and exercises are meant, and count again; absent stays."""
    me, said = auth.me(), await talk.read("ImportIn")
    batch = await batches.found(me.user_id, uuid)
    if await choosing.choose(me, batch, said):
        await previewing.recount(me, batch)
    return await writes.at_most_once(partial(_decided, batch, _next(batch, said)))


def _next(batch: batches.Batch, said: dict[str, Any]) -> str:
    """Where a form leads to: the search that it asks for, or back to the only name it was about."""
    url, names = f"/import/{batch.uuid}", list(said.get("names", ()))
    if said.get("find", "").isdigit():
        return f"{url}/exercise?name={said['find']}"
    return f"{url}#name-{names[0]}" if len(names) == 1 and names[0].isdigit() else url


async def _decided(batch: batches.Batch, to: str) -> Response:
    await batches.keep_decisions(batch)
    return await _said(await batches.found(batch.user_id, batch.uuid), to=to)


@pages.post("/import/<uuid:uuid>/start")
@own_transaction
@or_again(show_import)
async def start_import(uuid: UUID) -> Response:
    """Import it, as decided by now and in what is said; again is harmless."""
    me, said = auth.me(), await talk.read("ImportIn")
    answer = await writes.at_most_once(partial(_started, uuid, said))
    runner().start((await batches.found(me.user_id, uuid)).id)
    return answer


async def _started(uuid: UUID, said: dict[str, Any]) -> Response:
    me = auth.me()
    batch = await batches.found(me.user_id, uuid)
    if batch.can_start:
        await choosing.choose(me, batch, said)
        await choosing.begin(me, batch)
        batch = await batches.found(me.user_id, uuid)
    return await _said(batch, to=f"/import/{uuid}")


@pages.post("/import/<uuid:uuid>/undo")
@own_transaction
async def undo_import(uuid: UUID) -> Response:
    """Take back every workout of an import, for 30 days."""
    answer = await writes.at_most_once(partial(_undone, uuid))
    runner().start((await batches.found(auth.me().user_id, uuid)).id)
    return answer


async def _undone(uuid: UUID) -> Response:
    me = auth.me()
    await undoing.undo(me, await batches.found(me.user_id, uuid))
    toasts.leave("The import is undone")
    return await _said(await batches.found(me.user_id, uuid), to=f"/import/{uuid}")


@pages.post("/import/<uuid:uuid>/discard")
async def discard_import(uuid: UUID) -> Response:
    """Throw a preview away."""
    await batches.discard(auth.me().user_id, uuid)
    toasts.leave("Thrown away; nothing was imported")
    return await talk.reply("import_discarded", 204, to="/import")


@pages.get("/import/<uuid:uuid>/exercise")
async def find_exercise(uuid: UUID) -> Response:
    """Look for the exercise that a name of the file means."""
    me, asked = auth.me(), await talk.query("FindQuery")
    batch = await batches.found(me.user_id, uuid)
    entry = choosing.entry(batch, asked.get("name") or "0")
    if entry is None:
        raise not_found("Exercise")
    found = await library.search(me.user_id, asked.get("q", ""), limit=OFFERED)
    name = "import_exercise_list" if talk.is_fragment() else "import_exercise"
    return await talk.reply(name, batch=batch, entry=entry, asked=asked, found=found)


@pages.get("/import/<uuid:uuid>/problems")
async def list_problems(uuid: UUID) -> Response:
    """Every line that could not be read, or not all of it: for people as a CSV file."""
    batch = await batches.found(auth.me().user_id, uuid)
    problems = await batches.problems(batch)
    if g.wants_json:
        return await talk.reply("import_problems", problems=problems)
    return _as_csv(problems, f"not-read-{batch.created_at:%Y-%m-%d}.csv")


def _as_csv(problems: list[Any], name: str) -> Response:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("Line", "Imported", "Why", "What the line says"))
    for each in problems:
        # A spreadsheet would run what begins like a formula.
        said = f"'{each.said}" if each.said.startswith(("=", "+", "-", "@", "\t")) else each.said
        writer.writerow((each.line, "no" if each.is_lost else "partly", each.text, said))
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Vary": talk.VARY}
    return Response(text.getvalue(), 200, headers, content_type="text/csv; charset=utf-8")
