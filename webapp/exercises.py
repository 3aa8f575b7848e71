"""The exercise library: searching it, one's own exercises, how a person does each."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from quart import Response, request

from webapp import auth, talk, toasts
from webapp.db import Row
from webapp.history import performed, ranges
from webapp.history.performed import needs_body_weight
from webapp.history.streaks import today_of
from webapp.models import Exercise, ExerciseSetting, body, library, merging
from webapp.models.exercises import follows
from webapp.models.library import texts
from webapp.problems import invalid, not_found
from webapp.routing import live, or_again, pages

PAGE = 50
LIST = "#exercise-list"
NOTHING_ASKED = {"q": "", "muscle": "", "implement": "", "mine": None, "starred": None, "page": 1}


async def found(uuid: UUID) -> Row:
    """An exercise the caller may use. Raises Problem 404."""
    exercise = await library.one(auth.me().user_id, uuid)
    if exercise is None:
        raise not_found("Exercise")
    return exercise


async def _own(uuid: UUID) -> Row:
    """The caller's own exercise. Raises Problem 404 (the system's is nobody's to change)."""
    exercise = await found(uuid)
    if exercise["user_id"] is None:
        raise not_found("Exercise of your own")
    return exercise


@pages.get("/exercises")
@live.get("/exercises")
async def list_exercises() -> Response:
    """The library, narrowed by words, muscle group, implement, one's own and favourites."""
    me, asked = auth.me(), {**NOTHING_ASKED, **await talk.query("LibraryQuery")}
    listed, more = await _searched(asked)
    away = await library.put_away(me.user_id) if asked["mine"] else ()
    is_list = request.headers.get("HX-Target", "").endswith(LIST)
    name = "exercise_list" if is_list else "exercises"
    return await talk.reply(name, found=listed, asked=asked, more=more, away=away)


async def _searched(asked: dict[str, Any]) -> tuple[Sequence[Row], bool]:
    """The pages that were asked for, and whether there are more."""
    words = (asked["q"], asked["muscle"], asked["implement"])
    only: dict[str, Any] = {"mine": asked["mine"] or None, "favourites": bool(asked["starred"])}
    shown = PAGE * asked["page"]
    listed = await library.search(auth.me().user_id, *words, limit=shown + 1, **only)
    return listed[:shown], len(listed) > shown


@pages.get("/exercises/new")
async def new_exercise() -> Response:
    """The form of a new exercise; `routine` leads back to the picker it came from."""
    asked = await talk.query("NewExercise")
    return await talk.reply("exercise_new", name=asked.get("q", ""), routine=asked.get("routine"))


@pages.post("/exercises")
@live.post("/exercises")
@or_again(new_exercise)
async def create_exercise() -> Response:
    """Make an exercise of one's own."""
    me, said = auth.me(), await talk.read("ExerciseIn")
    uuid, routine = said.pop("uuid", None), said.pop("routine", None)
    await _refuse_twin(said["name"], uuid)
    made = await Exercise.made(me.user_id, uuid, **_columns(said))
    return await _said(
        made.uuid, 201, f"/routines/{routine}/add?q={quote(made.name)}" if routine else None
    )


async def _refuse_twin(name: str, uuid: UUID | None) -> None:
    mine = Exercise.filter(user_id=auth.me().user_id, name_key=library.fold(name)[:400])
    if await mine.filter(archived_at=None, merged_into_id=None).exclude(uuid=uuid).exists():
        raise invalid("There is one already", name=f"You already have an exercise “{name}”")


def _columns(said: dict[str, Any], stored: Row | None = None) -> dict[str, Any]:
    """What was said, with the columns that follow from it."""
    name = said.get("name") or (stored and stored["name"]) or ""
    old = texts(stored["aliases"]) if stored else []
    found_by = library.search_text(name, said.get("aliases", old))
    return {**said, **follows(said), "name_key": library.fold(name)[:400], "search_text": found_by}


async def _said(uuid: object, status: int = 200, to: str | None = None) -> Response:
    exercise = await found(UUID(str(uuid)))
    return await talk.reply(
        "exercise_kept", status, to=to or f"/exercises/{uuid}", exercise=exercise
    )


@pages.get("/exercises/<uuid:uuid>")
@live.get("/exercises/<uuid:uuid>")
async def show_exercise(uuid: UUID) -> Response:
    """One exercise: its bests, its progress over a range, the last workouts, how it is done."""
    me, exercise = auth.me(), await found(uuid)
    asked = await talk.query("ExerciseQuery")
    return await talk.reply(
        "exercise",
        exercise=exercise,
        person=me,
        setting=await library.setting(me.user_id, exercise["id"]),
        merges=await merging.involving(me.user_id, exercise["id"]),
        before=str(asked.get("before", "")),
        **await _past(exercise, asked.get("range", "1y")),
    )


async def _past(exercise: Row, back: str) -> dict[str, Any]:
    """How it was done: every workout with it, the range that is shown, and the body weights that
    its loads depend on (None: they do not)."""
    me = auth.me()
    log = await body.log(me.user_id, me.timezone) if needs_body_weight(exercise) else None
    sessions = await performed.sessions(me.user_id, exercise, log)
    shown = ranges.back(back, today_of(me.timezone), [each.day for each in sessions])
    return {"sessions": sessions, "shown": shown, "log": log}


@pages.get("/exercises/<uuid:uuid>/edit")
async def exercise_form(uuid: UUID) -> Response:
    """The form of an own exercise."""
    return await talk.reply("exercise_edit", exercise=await _own(uuid))


@pages.post("/exercises/<uuid:uuid>/edit")
@live.put("/exercises/<uuid:uuid>")
@or_again(exercise_form)
async def edit_exercise(uuid: UUID) -> Response:
    """Change an own exercise; absent stays."""
    stored, said = await _own(uuid), await talk.read("ExerciseEdit")
    if said.get("name", stored["name"]) != stored["name"]:
        await _refuse_twin(said["name"], uuid)
    await Exercise.change(auth.me().user_id, uuid, **_columns(said, stored))
    return await _said(uuid)


@pages.post("/exercises/<uuid:uuid>/archive")
@live.delete("/exercises/<uuid:uuid>")
async def archive_exercise(uuid: UUID) -> Response:
    """Offer an own exercise no longer; past workouts keep it, and it can be taken back."""
    exercise = await _own(uuid)
    await Exercise.change(auth.me().user_id, uuid, archived_at=datetime.now(UTC))
    toasts.leave(f"{exercise['name']} is archived", f"/exercises/{uuid}/restore")
    return await talk.reply("exercise_archived", 204, to="/exercises")


@pages.post("/exercises/<uuid:uuid>/restore")
async def restore_exercise(uuid: UUID) -> Response:
    """Offer an archived exercise again."""
    await _own(uuid)
    await Exercise.change(auth.me().user_id, uuid, archived_at=None)
    return await _said(uuid)


@pages.post("/exercises/<uuid:uuid>/settings")
@or_again(show_exercise)
async def set_up_exercise(uuid: UUID) -> Response:
    """Keep how the person does an exercise: unit, step, rest, bar, note."""
    exercise, said = await found(uuid), await talk.read("SettingIn")
    await ExerciseSetting.put(auth.me().user_id, exercise["id"], said)
    return await _said(uuid)


@pages.post("/exercises/<uuid:uuid>/favourite")
async def favour_exercise(uuid: UUID) -> Response:
    """Make an exercise a favourite, or (`on` false) not any more."""
    exercise, said = await found(uuid), await talk.read("FavouriteIn")
    on = said.get("on", True)
    await ExerciseSetting.favour(auth.me().user_id, exercise["id"], on)
    facts = {"exercise": exercise, "is_favourite": on}
    return await talk.reply("exercise_favourite", to=f"/exercises/{uuid}", **facts)
