"""What may be said about one's body weight."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from webapp.forms.base import Blank, Form
from webapp.forms.numbers import Number, Point
from webapp.forms.routines import MaybeUuid
from webapp.forms.workouts import Day, Hour, Moment

Kilos = Annotated[
    Decimal, Field(ge=1, le=1500, max_digits=8, decimal_places=3, examples=[80]), Point, Number
]

__all__ = ["BodyQuery", "BodyWeightEdit", "BodyWeightIn", "Kilos", "Moment", "RestoreQuery"]


class BodyWeightIn(Form):
    """What the person weighed, in their unit, on a day and an hour of their clock; without them
    it is now. The same `uuid` again enters nothing."""

    uuid: MaybeUuid = None
    weight: Kilos
    day: Day = None
    hour: Hour = None


class BodyWeightEdit(Form):
    """What to change of an entry; absent stays."""

    weight: Kilos = Decimal(0)
    day: Day = None
    hour: Hour = None


class BodyQuery(Form):
    """How far back the chart goes, and the entry before which others are listed."""

    range: Literal["3m", "1y", "all"] = "3m"
    before: MaybeUuid = None


class RestoreQuery(Form):
    """A deleted entry as its Undo carries it, sealed."""

    entry: Annotated[str | None, Blank] = None
