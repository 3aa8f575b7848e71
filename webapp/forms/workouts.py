"""What may be said about past workouts, and what is asked of the history."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from webapp.forms.base import Blank, Form, Text
from webapp.forms.numbers import (
    Clock,
    DistanceUnit,
    MaybeDistance,
    MaybeReps,
    MaybeWeight,
    Number,
    Point,
    WeightUnit,
)
from webapp.forms.routines import MaybeUuid, Name


def _in_these_times(when: datetime) -> datetime:
    if not 1971 <= when.year <= 2200:
        raise ValueError("Must be a moment of these times")
    return when


Prose = Annotated[Annotated[Text, Field(max_length=5000)] | None, Blank]
Note = Annotated[Annotated[Text, Field(max_length=2000)] | None, Blank]
Rating = Annotated[Annotated[int, Field(ge=1, le=5), Number] | None, Blank]
Day = Annotated[Annotated[date, Field(ge=date(1970, 1, 2), le=date(2200, 1, 1))] | None, Blank]
Moment = Annotated[Annotated[datetime, AfterValidator(_in_these_times)] | None, Blank]
Hour = Annotated[time | None, Blank]
Exactly = Annotated[
    Decimal, Field(ge=0, le=86_400, max_digits=12, decimal_places=3), Clock, Point, Number
]
Length = Annotated[Exactly | None, Blank]
Rpe = Annotated[
    Annotated[Decimal, Field(ge=1, le=10, multiple_of=Decimal("0.5")), Point, Number] | None, Blank
]
Band = Annotated[Annotated[Text, Field(max_length=50)] | None, Blank]
SetType = Literal["warm_up", "working", "drop", "failure"]


class PastQuery(Form):
    """A page of the history: from a cursor on, with words in name or notes. `month` is the
    heading that the page before ended with."""

    q: Annotated[Text, Field(max_length=100)] = ""
    before: Annotated[Text, Field(max_length=200)] = ""
    month: Annotated[Text, Field(max_length=40)] = ""


class PastEdit(Form):
    """What to change of a past workout; absent stays, empty clears notes and rating.

    `day`, `start` and `end` are read on the person's clock; an end before the start is on the
    next day.
    """

    name: Name = ""
    notes: Prose = None
    rating: Rating = None
    day: Day = None
    start: Hour = None
    end: Hour = None


class PastMoments(Form):
    """The same for programs, which know moments."""

    name: Name = ""
    notes: Prose = None
    rating: Rating = None
    started_at: Moment = None
    ended_at: Moment = None


class PastSet(Form):
    """A set of a past workout; absent stays (a new set: empty). Weights and distances without a
    unit are in the person's."""

    uuid: MaybeUuid = None
    reps: MaybeReps = None
    weight: MaybeWeight = None
    weight_unit: WeightUnit = "kg"
    duration_seconds: Length = Field(default=None, validation_alias="duration")
    distance: MaybeDistance = None
    distance_unit: DistanceUnit = "km"
    band: Band = None
    rpe: Rpe = None
    set_type: SetType = "working"
    notes: Note = None


class SaveAs(Form):
    """The routine to make: its UUID (said again, it is the same routine) and its name."""

    uuid: MaybeUuid = None
    name: Name = ""
