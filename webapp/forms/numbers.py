"""Numbers as people and programs say them, bounded by what their columns hold."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from webapp.forms.base import Blank

DAY = 86_400


def _no_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("Must be a number")
    return value


def _point(value: Any) -> Any:
    """ "82,5" is what half of the world types."""
    return value.strip().replace(",", ".") if isinstance(value, str) else value


def _seconds(value: Any) -> Any:
    """Seconds from "90", "1:30" or "1:02:05"."""
    if not isinstance(value, str) or ":" not in value:
        return value
    parts = value.strip().split(":")
    if len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError("Must be seconds, or minutes and seconds such as 1:30")
    total = 0
    for part in parts:
        total = total * 60 + int(part[:9])
    return total


Number = BeforeValidator(_no_bool)
Point = BeforeValidator(_point)
Clock = BeforeValidator(_seconds)
Unsigned = AfterValidator(Decimal.copy_abs)  # "-0" is nothing else than 0

Count = Annotated[int, Number]
Sets = Annotated[int, Field(ge=1, le=100, examples=[3]), Number]
WarmUps = Annotated[int, Field(ge=0, le=20), Number]
Reps = Annotated[int, Field(ge=0, le=10_000, examples=[8]), Number]
Seconds = Annotated[int, Field(ge=0, le=DAY, examples=[90]), Clock, Number]
Weight = Annotated[
    Decimal, Field(ge=0, le=10_000, max_digits=20, examples=[80]), Unsigned, Point, Number
]
Distance = Annotated[
    Decimal, Field(ge=0, le=1_000_000, max_digits=20, examples=[5]), Unsigned, Point, Number
]
Speed = Annotated[Decimal, Field(ge=0, le=1_000, max_digits=20), Unsigned, Point, Number]
WeightUnit = Literal["kg", "lb"]
DistanceUnit = Literal["m", "km", "mi", "yd"]

MaybeReps = Annotated[Reps | None, Blank]
MaybeSeconds = Annotated[Seconds | None, Blank]
MaybeWeight = Annotated[Weight | None, Blank]
MaybeDistance = Annotated[Distance | None, Blank]
MaybeSpeed = Annotated[Speed | None, Blank]
MaybeWeightUnit = Annotated[WeightUnit | None, Blank]
MaybeDistanceUnit = Annotated[DistanceUnit | None, Blank]
