"""One set as numbers that can be compared: load, reps, time, distance."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from webapp.db import moment

REPS_CAP = 12


@dataclass(slots=True)
class Measured:
    """What a set came to. `grams` is the weight on the bar, added or taken off (`load` says
    which), `when` the start of the workout it was (first) done in."""

    load: str
    grams: int | None
    reps: int | None
    seconds: Decimal | None
    millimetres: int | None
    band: str | None
    when: datetime

    @property
    def effort(self) -> int:
        """How heavy: assistance takes load off, so less of it is more."""
        return -(self.grams or 0) if self.load == "assisted" else self.grams or 0

    @property
    def weight(self) -> int | None:
        """What "heaviest" compares: None without a weight or without a repetition."""
        weighs = self.grams is not None if self.load == "assisted" else bool(self.grams)
        return self.effort if weighs and self.reps != 0 and self.load != "none" else None

    @property
    def e1rm(self) -> int | None:
        """Grams that could be lifted once, by Epley: w x (1 + reps / 30), reps capped at 12, and
        the weight itself for one. Only for weights that are the whole load."""
        return epley(self.grams, self.reps) if self.load == "external" else None

    @property
    def time(self) -> Decimal | None:
        """What "longest" compares: how long repetitions took is no record."""
        return self.seconds if self.seconds and not self.reps else None

    @property
    def distance(self) -> int | None:
        """Millimetres; None for none."""
        return self.millimetres or None


def epley(grams: int | None, reps: int | None) -> int | None:
    """Estimated one-repetition maximum in grams; None without weight or reps."""
    if not grams or not reps or reps < 1:
        return None
    return grams if reps == 1 else grams * (30 + min(reps, REPS_CAP)) // 30


def measured(found: Any, load: str) -> Measured:
    """A row with weight_grams, reps, duration_seconds, distance_mm, band, started_at."""
    seconds = found["duration_seconds"]
    return Measured(
        load=load,
        grams=found["weight_grams"],
        reps=found["reps"],
        seconds=Decimal(seconds) if seconds is not None else None,
        millimetres=found["distance_mm"],
        band=found["band"],
        when=known_moment(found["started_at"]),
    )


def known_moment(value: Any) -> datetime:
    """A stored time of a column that is never empty."""
    when = moment(value)
    if when is None:
        raise ValueError("a workout has a start")
    return when
