"""A list of exercises in place of another: what stays keeps its sets, the rest comes and goes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from webapp.auth import Caller
from webapp.db import rows
from webapp.db.marks import marks
from webapp.db.turns import alone
from webapp.models import templates
from webapp.problems import not_found
from webapp.training.lines import Sheet, SheetItem
from webapp.training.planning import of_exercise
from webapp.training.storing import store, touch

_WANTED = (
    "SELECT e.*, x.rest_seconds AS own_rest FROM exercises e "
    "LEFT JOIN exercise_settings x ON x.exercise_id = e.id AND x.user_id = ? "
    "WHERE e.id IN (%s) AND (e.user_id = ? OR e.user_id IS NULL)"
)
_DELETE = "DELETE FROM workout_items WHERE user_id = ? AND workout_id = ? AND id IN (%s)"
_PLACE = "UPDATE workout_items SET position = ? WHERE user_id = ? AND id = ?"


Item = TypeVar("Item")


def arranged(
    now: Sequence[Item], wanted: Sequence[int], exercise_of: Callable[[Item], int | None]
) -> list[Item | int]:
    """The new list: items that stay, and the ids of exercises to add; pure.

    The k-th mention of an exercise is the k-th item of it. What is of no exercise (a timed rest)
    cannot be mentioned: it stays behind what stood before it.
    """
    waiting: dict[int, list[int]] = {}
    for place, item in enumerate(now):
        if (exercise := exercise_of(item)) is not None:
            waiting.setdefault(exercise, []).append(place)
    # Each mention with the place of its item now; None for one that is new.
    chosen = [(each, waiting[each].pop(0) if waiting.get(each) else None) for each in wanted]
    behind = _behind([exercise_of(item) is None for item in now], {place for _, place in chosen})
    whole: list[Item | int] = [now[place] for place in behind.get(None, [])]
    for exercise, stays in chosen:
        if stays is None:
            whole.append(exercise)
        else:
            whole += [now[stays], *(now[each] for each in behind.get(stays, []))]
    return whole


def _behind(nameless: Sequence[bool], kept: set[int | None]) -> dict[int | None, list[int]]:
    """By the place of an item that stays (None: the beginning), the nameless ones behind it."""
    behind: dict[int | None, list[int]] = {}
    last: int | None = None
    for place, is_nameless in enumerate(nameless):
        if is_nameless:
            behind.setdefault(last, []).append(place)
        elif place in kept:
            last = place
    return behind


async def arrange(caller: Caller, sheet: Sheet, wanted: Sequence[int]) -> None:
    """Let the workout have these exercises in this order, on a sheet that was read with a lock.
    Items that stay keep their sets. Raises Problem 404 for an exercise there is not to choose.
    """
    order = arranged(sheet.items, wanted, lambda item: item.exercise_id)
    known = await choosable(caller.user_id, {each for each in order if isinstance(each, int)})
    kept = {each.id for each in order if isinstance(each, SheetItem)}
    gone = [item.id for item in sheet.items if item.id not in kept]
    if gone:
        await rows(_DELETE % marks(gone), caller.user_id, sheet.id, *gone)
    for position, each in enumerate(order, 1):
        if isinstance(each, int):
            rest = _rest(caller, known[each])
            await store(caller.user_id, sheet.id, [of_exercise(known[each], rest)], position)
        elif each.position != position:
            await rows(_PLACE, position, caller.user_id, each.id)
    await touch(caller.user_id, sheet.id)


async def arrange_template(user_id: int, template: int, wanted: Sequence[int]) -> None:
    """The same for a template of the person's, which others cannot change meanwhile."""
    await alone(user_id)
    now = await templates.items(user_id, template)
    order = arranged(now, wanted, lambda item: item["exercise_id"])
    known = await choosable(user_id, {each for each in order if isinstance(each, int)})
    await templates.place(user_id, template, order, known)


async def choosable(user_id: int, ids: set[int]) -> Mapping[int, Mapping[str, Any]]:
    """The exercises of these ids, own or the system's, with `own_rest`, how long the person rests
    after each. Raises Problem 404 when one is another's, archived or merged, or there is none."""
    found = await rows(_WANTED % marks([*ids]), user_id, *ids, user_id) if ids else []
    known = {each["id"]: dict(each) for each in found if _is_offered(each)}
    if missing := ids - known.keys():
        raise not_found("ExerciseTemplate", id=min(missing))
    return known


def _is_offered(exercise: Any) -> bool:
    return exercise["archived_at"] is None and exercise["merged_into_id"] is None


def _rest(caller: Caller, exercise: Mapping[str, Any]) -> int:
    wishes = (exercise["own_rest"], exercise["rest_seconds"], caller.default_rest_seconds)
    rest: int = next(wish for wish in wishes if wish is not None)
    return rest
