"""What may be said about past workouts, and what is asked of the history."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

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


def _several(value: Any) -> Any:
    """Boxes that are ticked come alone or as a list, and "any" as nothing."""
    many = value if isinstance(value, list | tuple) else [value]
    return [each for each in many if each not in ("", None)]


def _a_month(value: Any) -> Any:
    """ "2026-11" is its first day."""
    return f"{value}-01" if isinstance(value, str) and len(value) == 7 else value


Prose = Annotated[Annotated[Text, Field(max_length=5000)] | None, Blank]
Note = Annotated[Annotated[Text, Field(max_length=2000)] | None, Blank]
Place = Annotated[Annotated[Text, Field(max_length=200)] | None, Blank]
Stars = Annotated[int, Field(ge=1, le=5), Number]
Rating = Annotated[Stars | None, Blank]
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
    """A page of the history, from the cursor `before` on: with words in names or notes, from a day
    to a day, at a place, with ratings, of a routine, with an exercise; `sort` is newest, oldest,
    longest or volume."""

    q: Annotated[Text, Field(max_length=100)] = ""
    first: Day = Field(default=None, validation_alias="from")
    last: Day = Field(default=None, validation_alias="to")
    place: Annotated[Text, Field(max_length=200)] = ""
    rating: Annotated[list[Stars], Field(max_length=5), BeforeValidator(_several)] = []
    routine: MaybeUuid = None
    exercise: MaybeUuid = None
    sort: Literal["newest", "oldest", "longest", "volume"] = "newest"
    before: Annotated[Text, Field(max_length=200)] = ""


class MonthQuery(Form):
    """A month of the calendar, "2026-11"; this one when none is said."""

    month: Annotated[Day, BeforeValidator(_a_month)] = None


class ShareIn(Form):
    """Whether the notes are shared, too."""

    notes: Annotated[bool | None, Blank] = None


class PastEdit(Form):
    """What to change of a past workout; absent stays, empty clears notes, rating and location.

    `day`, `start` and `end` are read on the person's clock; an end before the start is on the
    next day.
    """

    name: Name = ""
    notes: Prose = None
    rating: Rating = None
    location: Place = None
    day: Day = None
    start: Hour = None
    end: Hour = None


class PastMoments(Form):
    """The same for programs, which know moments."""

    name: Name = ""
    notes: Prose = None
    rating: Rating = None
    location: Place = None
    started_at: Moment = None
    ended_at: Moment = None


class PastItem(Form):
    """What is noted of an exercise of a past workout; absent stays, empty clears it."""

    notes: Note = None


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
