"""The marks of a statement that stand for values; how many there are is known when it is run."""

from collections.abc import Sequence, Sized

CHUNK = 400  # rows a statement, far below the engines' limits of parameters


def marks(values: Sized) -> str:
    """As many marks as values, for IN (...)."""
    return ", ".join("?" * len(values))


def row_marks(rows: Sequence[Sized]) -> str:
    """As many marks for each row as the first one has columns, for VALUES ..."""
    return ", ".join([f"({marks(rows[0])})"] * len(rows))
