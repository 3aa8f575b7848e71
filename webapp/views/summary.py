"""The moment after a workout: what it came to and what was beaten."""

from collections.abc import Sequence
from typing import Any

from webapp.auth import Caller
from webapp.history.bests import Best
from webapp.history.streaks import Streak
from webapp.history.totals import best_set, worked
from webapp.training.lines import Sheet, SheetItem
from webapp.views.history import pb, set_text, totals
from webapp.views.text import count


def summary(
    sheet: Sheet,
    bests: Sequence[Best],
    muscles: Sequence[tuple[str, int]],
    streak: Streak,
    person: Caller,
) -> dict[str, Any]:
    """What GET /session/summary/{uuid} shows."""
    return {
        "current": "today",
        "summary": {
            **totals(sheet, person),
            "url": f"/workouts/{sheet.uuid}",
            "pbs": [pb(best, person) for best in bests],
            "has_pbs": bool(bests),
            "muscles": _muscles(muscles),
            "has_muscles": bool(muscles),
            "exercises": [_exercise(item) for item in sheet.items if item.done],
            "has_exercises": any(item.done for item in sheet.items),
            "streak_text": streak_text(streak),
        },
    }


def _muscles(muscles: Sequence[tuple[str, int]]) -> list[dict[str, str]]:
    most = max((sets for _, sets in muscles), default=1)
    return [
        {"name": muscle_name(name), "sets": str(sets), "share": str(round(100 * sets / most))}
        for name, sets in muscles
    ]


def muscle_name(muscle: str) -> str:
    """ "Front delts" of "front_delts"."""
    return muscle.replace("_", " ").capitalize()


def _exercise(item: SheetItem) -> dict[str, str]:
    sets, best = len(worked([item])) or len(item.done), best_set(item)
    said = set_text(item, best) if best else ""
    return {
        "name": item.exercise_name,
        "text": count(sets, "set") + (f" · best {said}" if said else ""),
    }


def streak_text(streak: Streak) -> str:
    """ "6 weeks in a row"; a first week has words of its own."""
    if not streak.weeks:
        return "A new streak starts with one workout" if streak.ever else "Your first week"
    return (
        f"{count(streak.weeks, 'week')} in a row" if streak.weeks > 1 else "One week, and counting"
    )
