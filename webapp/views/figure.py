"""The body figure of Progress: how much each muscle worked, as a shade and in a table; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from webapp.history.ranges import Range
from webapp.views.exercises import muscle_name

Muscles = Sequence[tuple[str, int, int]]  # muscle, sets, sets in the range before
LEVELS = (0.0, 5.0, 10.0, 20.0)  # sets a week; more than none is the first shade
KEY = ("None", "Under 5", "5 to 9", "10 to 19", "20 and more")
# An own exercise may name a muscle group alone; then all of it is meant.
GROUPS = {
    "chest": ("chest",),
    "back": ("lats", "upper_back", "traps", "lower_back"),
    "shoulders": ("front_delts", "side_delts", "rear_delts"),
    "biceps": ("biceps",),
    "triceps": ("triceps",),
    "legs": ("quads", "hamstrings", "glutes", "calves"),
    "core": ("abs", "obliques"),
}
MUSCLES = (
    *("neck", "traps", "front_delts", "side_delts", "rear_delts", "chest", "biceps", "triceps"),
    *("forearms", "abs", "obliques", "hip_flexors", "upper_back", "lats", "lower_back", "glutes"),
    *("abductors", "adductors", "quads", "hamstrings", "calves"),
)


def figure(muscles: Muscles, weeks: float) -> dict[str, Any]:
    """The shade (0 to 4) and the words of every muscle that is drawn; what a shade means; and all
    of it in a sentence."""
    sets = {muscle: amount for muscle, amount, _ in muscles}
    weekly = {each: _of(each, sets) / weeks for each in MUSCLES}
    most = [each for each, _, _ in muscles if weekly.get(each)][:3]
    said = ", ".join(muscle_name(each).lower() for each in most) or "none"
    return {
        "levels": {each: level(amount) for each, amount in weekly.items()},
        "titles": {each: f"{muscle_name(each)}: {_sets(n)}" for each, n in weekly.items()},
        "key": [{"level": number, "label": label} for number, label in enumerate(KEY)],
        "alt": f"Front and back of a body, each muscle shaded by its sets a week; most: {said}",
    }


def _of(muscle: str, sets: Mapping[str, int]) -> int:
    """The sets of a muscle, and those that only said its group."""
    groups = [each for each, inside in GROUPS.items() if muscle in inside and each != muscle]
    return sum(sets.get(each, 0) for each in (muscle, *groups))


def level(weekly: float) -> int:
    """The shade of so many sets a week."""
    return sum(weekly > 0 if not floor else weekly >= floor for floor in LEVELS)


def _sets(weekly: float) -> str:
    return f"{number(weekly)} sets a week"


def number(weekly: float) -> str:
    """ "12", "4.5", "0.3"."""
    return f"{weekly:.0f}" if weekly >= 10 else f"{weekly:.1f}".removesuffix(".0")


def muscle_rows(muscles: Muscles, shown: Range, before: Range | None) -> list[dict[str, Any]]:
    """The same in lines: muscle, sets, sets a week, and how many more or fewer than before."""
    done = [each for each in muscles if each[1] or each[2]]
    most = max((sets for _, sets, _ in done), default=0) or 1
    return [_row(*each, most, shown, before) for each in done]


def _row(
    muscle: str, sets: int, was: int, most: int, shown: Range, before: Range | None
) -> dict[str, Any]:
    weekly = sets / shown.weeks
    return {
        "name": named(muscle),
        "sets": f"{sets:,}",
        "weekly": number(weekly),
        "share": str(round(100 * sets / most)),
        "level": level(weekly),
        "change": _change(weekly, was / before.weeks) if before and was else "",
    }


def named(muscle: str) -> str:
    """What a muscle is called; of a group that stands for itself "Legs, any"."""
    is_group = len(GROUPS.get(muscle, ())) > 1 or muscle == "other"
    return f"{muscle_name(muscle)}, any" if is_group else muscle_name(muscle)


def _change(now: float, then: float) -> str:
    less = round(now, 1) - round(then, 1)
    if abs(less) < 0.05:
        return "="
    return ("+" if less > 0 else "−") + number(abs(less))
