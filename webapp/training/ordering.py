"""Where the exercises of a workout stand: numbers people give them, positions of items; pure.

A workout is a line of items. The first item of each exercise is its place; what else there is
(rests, cardio, an exercise once more) is not counted, and goes along with the exercise before it
or, once more, with its own.
"""

from collections.abc import Iterable, Mapping, Sequence

from webapp.training.lines import SheetItem

Line = Sequence[tuple[int | None, int]]  # exercise (None: not one) and position of each item


def orders(line: Line) -> dict[int, int]:
    """The number of each exercise, from 1 and growing: its position without what is not counted.
    A gap that somebody left stays."""
    found: dict[int, int] = {}
    uncounted = last = 0
    for exercise, position in line:
        if exercise is None or exercise in found:
            uncounted += 1
        else:
            last = found[exercise] = max(position - uncounted, last + 1)
    return found


def moved(now: Mapping[int, int], exercise: int, wanted: int | None) -> dict[int, int]:
    """The numbers after the exercise went to the one wanted (None: it stays, or comes last);
    where that is taken, its neighbours make room, up to the first gap."""
    others = {each: order for each, order in now.items() if each != exercise}
    old = now.get(exercise)
    if wanted is None:
        wanted = old or max(others.values(), default=0) + 1
    step = -1 if old is not None and old < wanted else 1
    aside = _run(others.values(), wanted, step)
    return {
        **{each: order + step if order in aside else order for each, order in others.items()},
        exercise: wanted,
    }


def without(now: Mapping[int, int], exercise: int) -> dict[int, int]:
    """The numbers after the exercise has left: those right behind it move up."""
    others = {each: order for each, order in now.items() if each != exercise}
    after = _run(others.values(), now[exercise] + 1, 1)
    return {each: order - 1 if order in after else order for each, order in others.items()}


def _run(taken: Iterable[int], start: int, step: int) -> set[int]:
    """The numbers from `start` on, one after the other, until one is free."""
    left, run = set(taken), set()
    while start in left:
        run.add(start)
        start += step
    return run


def positions(items: Iterable[SheetItem], wanted: Mapping[int, int]) -> dict[int, int]:
    """The position of each item (by id) that gives the exercises these numbers."""
    leading, blocks = _blocks(items)
    placed = {item.id: position for position, item in enumerate(leading, 1)}
    uncounted = len(leading)
    for exercise in sorted(blocks, key=lambda each: wanted[each]):
        start = wanted[exercise] + uncounted
        placed |= {item.id: start + n for n, item in enumerate(blocks[exercise])}
        uncounted += len(blocks[exercise]) - 1
    return placed


def _blocks(items: Iterable[SheetItem]) -> tuple[list[SheetItem], dict[int, list[SheetItem]]]:
    """What comes before the first exercise, and each exercise with what goes along with it."""
    leading: list[SheetItem] = []
    blocks: dict[int, list[SheetItem]] = {}
    current = leading
    for item in items:
        exercise = exercise_of(item)
        current = current if exercise is None else blocks.setdefault(exercise, [])
        current.append(item)
    return leading, blocks


def exercise_of(item: SheetItem) -> int | None:
    """The exercise an item is a doing of; None for rests and cardio."""
    return item.exercise_id if item.kind == "exercise" else None
