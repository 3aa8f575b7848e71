"""The words of `live` for sharing a workout, where the document is silent.

Weights and distances are bare numbers in the owner's units.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from webapp.auth import Caller
from webapp.contracts.live.history_shapes import (
    Link,
    Share,
    SharedBest,
    SharedExercise,
    SharedSet,
    SharedWorkout,
)
from webapp.contracts.live.told import bare, told_best, told_exercise
from webapp.history.bests import Best
from webapp.history.shared import Shared
from webapp.history.totals import volume, worked
from webapp.models.fields import from_grams
from webapp.training.lines import Sheet, SheetItem
from webapp.views.shared import text


def workout_share(
    sheet: Sheet,
    bests: Sequence[Best],
    with_notes: bool,
    url: str | None,
    has_notes: bool,
    person: Caller,
) -> Share:
    """GET /workouts/{id}/share: {text, url, has_notes}; `url` is null while it is not shared."""
    told = text(sheet, bests, with_notes, person)
    return {"text": told, "url": url, "has_notes": has_notes}


def workout_shared(url: str, has_notes: bool) -> Link:
    """POST /workouts/{id}/share {notes?} → 201: {url, has_notes}."""
    return {"url": url, "has_notes": has_notes}


def shared_workout(shared: Shared) -> SharedWorkout:
    """GET /s/{key}: what was done, and nothing of whose it is; notes when its owner said so."""
    sheet, teller = shared.sheet, shared.teller
    seconds = (sheet.ended_at - sheet.started_at).total_seconds() if sheet.ended_at else None
    lifted = from_grams(volume(sheet.items), teller.weight_unit)
    return {
        "name": sheet.name,
        "local_date": sheet.local_date.isoformat(),
        "duration": seconds,
        "notes": sheet.notes if shared.has_notes else None,
        "set_count": len(worked(sheet.items)),
        "volume": bare(lifted),
        "weight_unit": teller.weight_unit,
        "distance_unit": teller.distance_unit,
        "exercises": [_exercise(item, shared) for item in sheet.items if item.done],
        "personal_bests": [_best(best, shared) for best in shared.bests],
    }


def _best(best: Best, shared: Shared) -> SharedBest:
    told = told_best(best, shared.teller)
    return {name: told[name] for name in SharedBest.__annotations__}  # type: ignore[return-value]


def _exercise(item: SheetItem, shared: Shared) -> SharedExercise:
    told = told_exercise(replace(item, sets=item.done), shared.teller)
    notes: Any = {"notes": item.note} if shared.has_notes else {}
    sets = [_set(each, shared.has_notes) for each in told["sets"]]
    return {"exercise_name": item.exercise_name, **notes, "sets": sets}


def _set(told: dict[str, Any], has_notes: bool) -> SharedSet:
    names = [name for name in SharedSet.__annotations__ if has_notes or name != "notes"]
    return {name: told[name] for name in names}  # type: ignore[return-value]
