"""The words of `live` for what was done, where the document is silent: history, one session with
its sets, personal bests, today. Weights and distances are bare numbers in the user's units.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from webapp.auth import Caller
from webapp.contracts.live.base import instant
from webapp.contracts.live.history_shapes import Choice, Filters, Named
from webapp.contracts.live.told import bare, told_best, told_exercise
from webapp.db import Row
from webapp.forms.workouts import PastMoments as PastEdit
from webapp.history.bests import Best
from webapp.history.listing import Page, Past
from webapp.history.narrowing import Choices
from webapp.history.streaks import Streak
from webapp.history.totals import volume, worked
from webapp.models.fields import from_grams
from webapp.training.lines import Sheet, SheetItem

__all__ = [
    "PastEdit",
    "past_add",
    "past_item",
    "past_items",
    "past_set",
    "summary",
    "today",
    "trash",
    "workout",
    "workout_deleted",
    "workout_edit",
    "workout_edited",
    "workout_erased",
    "workout_restored",
    "workout_saved_as_routine",
    "workout_unshared",
    "workouts",
    "workouts_filter",
]


def _session(each: Past | Sheet, person: Caller) -> dict[str, Any]:
    return {
        "id": each.uuid,
        "user_id": str(person.user_uuid),
        "workout_id": each.routine_uuid,
        "is_active": each.status == "in_progress" and each.deleted_at is None,
        "is_finished": each.status == "finished",
        "started_at": instant(each.started_at),
        "ended_at": instant(each.ended_at),
        "created_at": instant(each.created_at),
        "name": each.name,
        "notes": each.notes,
        "rating": each.rating,
        "location": each.location_name,
        "local_date": each.local_date.isoformat(),
    }


def _listed(each: Past, bests: Sequence[Best], person: Caller) -> dict[str, Any]:
    return {
        **_session(each, person),
        "set_count": each.sets,
        "volume": bare(from_grams(each.grams, person.weight_unit)),
        "personal_best_count": len(bests),
    }


def workouts(page: Page, bests: dict[int, list[Best]], person: Caller) -> dict[str, Any]:
    """GET /workouts: `{sessions, next}`; `next` is the cursor for `?before=`, null at the end."""
    found = [_listed(each, bests.get(each.id, []), person) for each in page.workouts]
    return {"sessions": found, "next": page.older}


def workouts_filter(offered: Choices) -> Filters:
    """GET /workouts/filter: `{locations, workouts, exercises}` that the history can be narrowed
    to; a workout is a plan (`?routine=`) here."""
    return {
        "locations": offered.places,
        "workouts": [_named(each) for each in offered.routines],
        "exercises": [_named(each) for each in offered.exercises],
    }


def _named(found: Row) -> Named:
    return {"id": str(found["uuid"]), "name": found["name"]}


def workout(sheet: Sheet, bests: Sequence[Best], person: Caller) -> dict[str, Any]:
    """GET /workouts/{id}: the session with `exercises`, each with its `sets`, and
    `personal_bests`."""
    return {
        **_session(sheet, person),
        "set_count": len(worked(sheet.items)),
        "volume": bare(from_grams(volume(sheet.items), person.weight_unit)),
        "exercises": [told_exercise(item, person) for item in sheet.items],
        "personal_bests": [told_best(best, person) for best in bests],
    }


workout_edited = workout_restored = workout


def workout_edit(sheet: Sheet, person: Caller) -> dict[str, Any]:
    """GET /workouts/{id}/edit: the session as it is."""
    return workout(sheet, [], person)


def workout_deleted() -> None:
    """204."""


workout_erased = workout_unshared = workout_deleted


def past_item(item: SheetItem, person: Caller) -> dict[str, Any]:
    """The exercise whose set was changed, added, removed or taken back, with all its sets."""
    return told_exercise(item, person)


past_set = past_item


def past_items(sheet: Sheet, person: Caller) -> dict[str, Any]:
    """The session after its exercises were moved, removed or taken back."""
    return workout(sheet, [], person)


def past_add(recent: Sequence[Row], found: Sequence[Row]) -> Choice:
    """GET /workouts/{id}/add: {recent, exercises}, each {id, name}."""
    return {"recent": [_named(each) for each in recent], "exercises": [_named(e) for e in found]}


def summary(
    sheet: Sheet,
    bests: Sequence[Best],
    muscles: Sequence[tuple[str, int]],
    streak: Streak,
    person: Caller,
) -> dict[str, Any]:
    """GET /session/summary/{id}: the session, plus sets by muscle and the weeks in a row."""
    return {
        **workout(sheet, bests, person),
        "sets_by_muscle": dict(muscles),
        "streak_weeks": streak.weeks,
    }


def trash(workouts: Sequence[Past], person: Caller) -> dict[str, Any]:
    """GET /workouts/trash: `{sessions}`, each with `deleted_at`; the one deleted last first."""
    found = [{**_listed(each, [], person), "deleted_at": _deleted(each)} for each in workouts]
    return {"sessions": found}


def _deleted(each: Past) -> str | None:
    when: datetime | None = each.deleted_at
    return instant(when)


def workout_saved_as_routine(made: Any) -> dict[str, Any]:
    """POST /workouts/{id}/routine → 201: the workout (plan) that was made."""
    return {
        "id": str(made.uuid),
        "name": made.name,
        "created_at": instant(made.created_at),
        "updated_at": instant(made.updated_at),
    }


def today(
    running: Past | None,
    recent: Sequence[Past],
    bests: dict[int, list[Best]],
    routines: Sequence[Any],
    streak: Streak,
    person: Caller,
) -> dict[str, Any]:
    """GET /: the active session or null, the last ones, the workouts (plans) in their order, and
    the streak."""
    return {
        "active": _listed(running, [], person) if running else None,
        "recent": [_listed(each, bests.get(each.id, []), person) for each in recent],
        "workouts": [{"id": str(each["uuid"]), "name": each["name"]} for each in routines],
        "streak": {
            "weeks": streak.weeks,
            "this_week": streak.this_week,
            "days": [day.isoformat() for day in sorted(streak.days)],
        },
    }
