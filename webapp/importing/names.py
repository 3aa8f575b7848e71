"""Which exercise a name of another app means: found by what it is called, or suggested; pure."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from webapp.models.library import fold, words

OFFERED = 6  # suggestions for a name
LIKELY = 0.8  # from here on a suggestion is taken unless the person says otherwise
ALIKE = 0.45  # less is no suggestion
IMPLEMENTS = {
    "barbell": "Barbell",
    "ez": "Barbell",
    "dumbbell": "Dumbbell",
    "kettlebell": "Kettlebell",
    "cable": "SelectorizedMachine",
    "machine": "SelectorizedMachine",
    "smith": "PlateLoadedMachine",
    "sled": "PlateLoadedMachine",
    "band": "Band",
    "plate": "Plate",
    "bodyweight": "Bodyweight",
    "assisted": "Bodyweight",
    "weighted": "Bodyweight",
    "suspension": "Bodyweight",
}


@dataclass(frozen=True, slots=True)
class Known:
    """An exercise the person can use. `rank` says who goes first when two are called the same."""

    id: int
    uuid: str
    name: str
    aliases: tuple[str, ...]
    muscle_group: str
    implement: str
    rank: int = 0


class Suggestion(NamedTuple):
    """An exercise that may be meant; `score` is from 0 to 1."""

    exercise: Known
    score: float


class Library:
    """The exercises by their names. `remembered` are names mapped before, by folded name."""

    def __init__(self, known: Sequence[Known], remembered: Mapping[str, Known]) -> None:
        self.exercises = known
        self._exact: dict[str, Known] = {}
        self._by_words: dict[tuple[str, ...], set[Known]] = defaultdict(set)
        self._variants: list[tuple[Known, frozenset[str]]] = []
        for each in sorted(known, key=lambda each: each.rank):
            self._exact.setdefault(fold(each.name), each)
        for each in sorted(known, key=lambda each: each.rank):
            for name in (each.name, *each.aliases):
                self._exact.setdefault(fold(name), each)
                said = words(name)
                self._by_words[tuple(sorted(said))].add(each)
                self._variants.append((each, frozenset(said)))
        self._exact |= remembered
        self._places = _places(self._variants)
        most = len(self._variants) + 1
        self._weights = {word: math.log(most / len(at)) for word, at in self._places.items()}
        self._rare = math.log(most)

    def match(self, name: str) -> Known | None:
        """The exercise that is called so: exactly, or with the same words in another order."""
        found = self._exact.get(fold(name))
        if found is not None:
            return found
        alike = self._by_words.get(tuple(sorted(words(name))), set())
        first = min((each.rank for each in alike), default=0)
        best = [each for each in alike if each.rank == first]
        return best[0] if len(best) == 1 else None

    def suggest(self, name: str) -> list[Suggestion]:
        """The exercises that are called most alike, the best first."""
        wanted = {self._spelled(word) for word in words(name)}
        best: dict[Known, float] = {}
        for place in {at for word in wanted for at in self._places.get(word, ())}:
            exercise, said = self._variants[place]
            score = self._likeness(wanted, said)
            if score >= ALIKE and score > best.get(exercise, 0):
                best[exercise] = score
        ordered = sorted(best, key=lambda each: (-best[each], each.rank, each.name))
        return [Suggestion(each, round(best[each], 3)) for each in ordered[:OFFERED]]

    def _spelled(self, word: str) -> str:
        """The word of ours that a misspelt one means, or itself."""
        if word in self._places or len(word) < 5:
            return word
        return next(iter(get_close_matches(word, self._places, 1, 0.8)), word)

    def _likeness(self, one: Iterable[str], other: frozenset[str]) -> float:
        """What two names share of what they say; a rare word says more than a frequent one."""
        said = Counter({word: self._weights.get(word, self._rare) for word in one})
        shared = sum(weight for word, weight in said.items() if word in other)
        total = said.total() + sum(self._weights[word] for word in other)
        return 2 * shared / total if total else 0.0


def _places(variants: Sequence[tuple[Known, frozenset[str]]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, (_, said) in enumerate(variants):
        for word in said:
            found[word].append(place)
    return dict(found)


def is_likely(name: str, suggestion: Suggestion) -> bool:
    """Whether the best suggestion may be taken unasked: very alike, and with the same implement."""
    said = implements(name)
    return suggestion.score >= LIKELY and said == implements(suggestion.exercise.name)


def implements(name: str) -> set[str]:
    """The implements that a name names."""
    return {IMPLEMENTS[word] for word in words(name) if word in IMPLEMENTS}
