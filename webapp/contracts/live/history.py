"""The words of `live` for what was done, where the document is silent: history, one session with
its sets, personal bests, today. Weights and distances are bare numbers in the user's units.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from webapp.auth import Caller
from webapp.contracts.live.base import instant
from webapp.forms.workouts import PastMoments as PastEdit
from webapp.history.bests import Best
from webapp.history.listing import Page, Past
from webapp.history.streaks import Streak
from webapp.history.totals import volume, worked
from webapp.models.fields import MILLIMETRES
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.views.text import from_grams, in_distance_unit, in_unit

__all__ = [
    "PastEdit",
    "past_item",
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
    "workouts",
]


def bare(amount: Decimal | None) -> int | float | None:
    """A number as JSON has it: 80, 82.5."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


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


def workout(sheet: Sheet, bests: Sequence[Best], person: Caller) -> dict[str, Any]:
    """GET /workouts/{id}: the session with `exercises`, each with its `sets`, and
    `personal_bests`."""
    return {
        **_session(sheet, person),
        "set_count": len(worked(sheet.items)),
        "volume": bare(from_grams(volume(sheet.items), person.weight_unit)),
        "exercises": [_exercise(item, person) for item in sheet.items],
        "personal_bests": [_best(best, person) for best in bests],
    }


workout_edited = workout_restored = workout


def workout_edit(sheet: Sheet, person: Caller) -> dict[str, Any]:
    """GET /workouts/{id}/edit: the session as it is."""
    return workout(sheet, [], person)


def workout_deleted() -> None:
    """204."""


workout_erased = workout_deleted


def past_item(item: SheetItem, person: Caller) -> dict[str, Any]:
    """The exercise whose set was changed, added, removed or taken back, with all its sets."""
    return _exercise(item, person)


past_set = past_item


def _exercise(item: SheetItem, person: Caller) -> dict[str, Any]:
    return {
        "id": item.uuid,
        "exercise_id": item.exercise_uuid,
        "exercise_name": item.exercise_name,
        "kind": item.kind,
        "status": item.status,
        "started_at": instant(item.started_at),
        "ended_at": instant(item.ended_at),
        "notes": item.note,
        "sets": [_set(each, person) for each in item.sets],
    }


def _set(each: SheetSet, person: Caller) -> dict[str, Any]:
    weight, far = each.weight, each.distance
    unit, far_unit = each.weight_unit or person.weight_unit, each.distance_unit or "m"
    wanted, far_wanted = person.weight_unit, person.distance_unit
    return {
        "id": each.uuid,
        "set_number": each.position,
        "reps": each.reps,
        "forced_reps": each.forced_reps,
        "weight": bare(in_unit(Decimal(weight), unit, wanted)) if weight else None,
        "duration": bare(Decimal(each.duration_seconds)) if each.duration_seconds else None,
        "distance": bare(in_distance_unit(Decimal(far), far_unit, far_wanted)) if far else None,
        "band": each.band,
        "rpe": bare(Decimal(each.rpe)) if each.rpe else None,
        "set_type": each.set_type,
        "interval": each.interval_seconds,
        "notes": each.notes,
        "completed_at": instant(each.completed_at),
        "created_at": instant(each.created_at),
    }


def _best(best: Best, person: Caller) -> dict[str, Any]:
    return {
        "kind": best.kind,
        "exercise_name": best.exercise_name,
        "set_id": str(best.set_uuid),
        "value": _value(best, person, is_made=True),
        "beats": _value(best, person, is_made=False),
        "beaten_at": instant(best.beaten.when),
    }


def _value(best: Best, person: Caller, is_made: bool) -> int | float | None:
    """Weight or e1RM in the user's unit, reps, seconds, or distance in the user's unit."""
    each = best.made if is_made else best.beaten
    if best.kind in ("heaviest", "e1rm"):
        weight = each.grams if best.kind == "heaviest" else each.e1rm
        return bare(from_grams(weight or 0, person.weight_unit))
    if best.kind == "distance":
        metres = Decimal(each.millimetres or 0) / MILLIMETRES["m"]
        return bare(in_distance_unit(metres, "m", person.distance_unit))
    return each.reps if best.kind == "reps" else bare(each.seconds)


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
