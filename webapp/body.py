"""Body weight: the log with its chart, an entry more, changed, deleted and taken back."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from itsdangerous import BadSignature, URLSafeTimedSerializer
from quart import Response

from webapp import auth, talk, toasts
from webapp.history import ranges
from webapp.history.changing import on_clock
from webapp.history.streaks import today_of
from webapp.ids import uuid7
from webapp.models import body
from webapp.models.body import Weighing
from webapp.problems import not_found
from webapp.routing import live, or_again, pages
from webapp.security import sealer
from webapp.views.body import page

UNDO_SECONDS = 24 * 3600


@pages.get("/body")
@live.get("/body")
async def show_body() -> Response:
    """What the person weighs and weighed: the entries of a page, and all for the chart."""
    me, asked = auth.me(), await talk.query("BodyQuery")
    log = await body.log(me.user_id, me.timezone)
    past, older = page(log.entries, str(asked.get("before", "")))
    days = [each.day for each in log.entries]
    shown = ranges.back(asked.get("range", "3m"), today_of(me.timezone), days)
    facts: dict[str, Any] = {"log": log, "past": past, "older": older, "shown": shown}
    return await talk.reply("body", person=me, now=datetime.now(UTC), **facts)


@pages.post("/body")
@live.post("/body")
@or_again(show_body)
async def enter_weight() -> Response:
    """Enter what the person weighed, now or then. 400."""
    me, said = auth.me(), await talk.read("BodyWeightIn")
    uuid = said.get("uuid") or uuid7()
    at = _moment(datetime.now(UTC), said)
    await body.enter(me.user_id, uuid, said["weight"], me.weight_unit, at)
    toasts.leave("Saved")
    return await _entry("body_entered", uuid, 201)


@pages.get("/body/<uuid:uuid>")
@live.get("/body/<uuid:uuid>")
async def show_weight(uuid: UUID) -> Response:
    """One entry, to be changed."""
    return await _entry("body_edit", uuid, to=None)


@pages.post("/body/<uuid:uuid>")
@live.put("/body/<uuid:uuid>")
@or_again(show_weight)
async def change_weight(uuid: UUID) -> Response:
    """Change an entry; absent stays. 400."""
    me, said = auth.me(), await talk.read("BodyWeightEdit")
    was = await body.entry(me.user_id, uuid, me.timezone)
    weight = said.get("weight", was.weight)
    unit = me.weight_unit if "weight" in said else was.unit
    await body.change(me.user_id, was, weight, unit, _moment(was.at, said))
    toasts.leave("Saved")
    return await _entry("body_entered", uuid)


@pages.post("/body/<uuid:uuid>/delete")
@live.delete("/body/<uuid:uuid>")
async def delete_weight(uuid: UUID) -> Response:
    """Delete an entry; its Undo carries it."""
    me = auth.me()
    was = await body.entry(me.user_id, uuid, me.timezone)
    await body.remove(me.user_id, was)
    toasts.leave("Entry deleted", f"/body/restore?entry={_sealed(was)}")
    return await talk.reply("body_removed", 204, to="/body")


@pages.post("/body/restore")
async def restore_weight() -> Response:
    """Take a deleted entry back, as its Undo carries it. 404 when it is not one of the person's."""
    me, asked = auth.me(), await talk.query("RestoreQuery")
    uuid, weight, unit, at = _opened(asked.get("entry") or "")
    await body.enter(me.user_id, uuid, weight, unit, at)
    return await _entry("body_entered", uuid)


async def _entry(name: str, uuid: UUID, status: int = 200, to: str | None = "/body") -> Response:
    me = auth.me()
    entry = await body.entry(me.user_id, uuid, me.timezone)
    return await talk.reply(name, status, to=to, entry=entry, person=me)


def _moment(now: datetime, said: dict[str, Any]) -> datetime:
    """The moment that was said, or `now` with the day and hour that were, on the person's clock."""
    zone = ZoneInfo(auth.me().timezone)
    at: datetime | None = said.get("measured_at")
    if at is None:
        return on_clock(now, said.get("day"), said.get("hour"), zone)
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _sealer() -> URLSafeTimedSerializer:
    return sealer(f"body {auth.me().user_id}")


def _sealed(was: Weighing) -> str:
    said: str = _sealer().dumps([was.uuid, str(was.weight), was.unit, was.at.isoformat()])
    return said


def _opened(sealed: str) -> tuple[UUID, Decimal, str, datetime]:
    try:
        uuid, weight, unit, at = _sealer().loads(sealed, max_age=UNDO_SECONDS)
    except BadSignature as error:
        raise not_found("Body weight") from error
    return UUID(uuid), Decimal(weight), unit, datetime.fromisoformat(at)
