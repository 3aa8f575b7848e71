"""An exercise of the person's own made of a name that nothing here has; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.importing.names import Suggestion, implements
from webapp.models.exercises import MUSCLE_GROUPS, follows
from webapp.models.library import fold, search_text, words

MUSCLES = {"abs": "core", "abdominals": "core", "shoulder": "shoulders", "leg": "legs"}
ALIKE = 0.5  # a suggestion from here on tells the muscle group


@dataclass(slots=True)
class Done:
    """What the file has of an exercise: how many sets, and of which kinds."""

    sets: int = 0
    has_reps: bool = False
    has_time: bool = False
    has_distance: bool = False
    has_weight: bool = False


def columns(
    name: str,
    category: str,
    done: Done,
    like: Suggestion | None,
    facts: Mapping[str, str],
) -> dict[str, Any]:
    """The columns of the new exercise: the `facts` that are said, the others as far as name,
    category and sets tell."""
    alike = like if like and like.score >= ALIKE else None
    implement = facts.get("implement") or _implement(name, done, alike)
    told = alike.exercise.muscle_group if alike else "other"
    muscle = facts.get("muscle_group") or _muscle(category) or told
    said = {"name": name, "muscle_group": muscle, "implement": implement}
    found_by = {"name_key": fold(name)[:400], "search_text": search_text(name, [])}
    measure = facts.get("measure") or _measure(done)
    return {
        **said,
        **follows(said),
        **found_by,
        "measure": measure,
        "load": facts.get("load") or _load(name, implement, measure, done),
    }


def _implement(name: str, done: Done, alike: Suggestion | None) -> str:
    named = sorted(implements(name) - {"Bodyweight"})
    if named:
        return named[0]
    if implements(name) or not done.has_weight:
        return "Bodyweight"
    return alike.exercise.implement if alike else "Barbell"


def _muscle(category: str) -> str | None:
    said = fold(category)
    found = MUSCLES.get(said, said)
    return found if found in MUSCLE_GROUPS else None


def _measure(done: Done) -> str:
    if done.has_reps or not (done.has_time or done.has_distance):
        return "reps"
    return "distance" if done.has_distance else "duration"


def _load(name: str, implement: str, measure: str, done: Done) -> str:
    if "assisted" in words(name):
        return "assisted"
    if implement == "Bodyweight":
        return "bodyweight" if done.has_weight or measure == "reps" else "none"
    return "external" if done.has_weight or measure == "reps" else "none"
