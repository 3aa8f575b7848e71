"""How `gym` words what all its operations share: refusals, ids, names of enums, times."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, TypedDict

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_camel

from webapp import forms
from webapp.forms.base import Blank, Text
from webapp.forms.numbers import Number
from webapp.forms.workouts import Moment
from webapp.models.exercises import IMPLEMENTS
from webapp.problems import Problem

TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Content Too Large",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
INVALID = "One or more validation errors occurred."
NOUNS = {"Routine": "Workout template", "ExerciseTemplate": "Exercise template"}
PROBLEM_JSON = {"Content-Type": "application/problem+json"}


class ProblemDetails(TypedDict):
    """Why not; `errors` says it for each field that is wrong."""

    type: str
    title: str
    status: int
    detail: str
    errors: dict[str, list[str]]


def error(problem: Problem) -> tuple[int, ProblemDetails, dict[str, str]]:
    """Status, body and headers of a refusal. A conflict of state is 400, as the document says;
    only what may be tried again in a moment stays 409."""
    is_final = problem.retry_after is None
    status = 400 if problem.code == "conflict" and is_final else problem.status
    body: ProblemDetails = {
        "type": f"https://www.rfc-editor.org/rfc/rfc9110#status.{status}",
        "title": INVALID if problem.fields else TITLES.get(status, "Error"),
        "status": status,
        "detail": _detail(problem),
        "errors": {_field(path): texts for path, texts in problem.fields.items()},
    }
    return status, body, PROBLEM_JSON


def _detail(problem: Problem) -> str:
    if problem.code == "not_found" and problem.noun in NOUNS:
        return f"{NOUNS[problem.noun]} not found"
    return problem.text


def _field(path: tuple[str | int, ...]) -> str:
    """ "Exercises[0].ExerciseTemplateId": every word begins with a capital."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            name = to_camel(part)
            text += f"{'.' if text else ''}{name[:1].upper()}{name[1:]}"
    return text


class Form(forms.Form):
    """A form of this document: our names, in its camelCase."""

    model_config = ConfigDict(alias_generator=to_camel)


class Names:
    """The names of an enum, and what each is to us. Out go names; in come names in any case, or
    numbers from 0 in this order."""

    def __init__(self, **ours: str) -> None:
        self.ours = ours
        self.theirs = {value: name for name, value in ours.items()}
        self._known = {name.casefold(): value for name, value in ours.items()}
        self._known |= {str(number): value for number, value in enumerate(ours.values())}

    def read(self, value: Any) -> Any:
        """Ours for theirs. Raises ValueError."""
        is_name = isinstance(value, str | int) and not isinstance(value, bool)
        known = self._known.get(str(value).strip().casefold()) if is_name else None
        if known is None:
            raise ValueError(f"Must be one of: {', '.join(self.ours)}")
        return known

    def schema(self) -> WithJsonSchema:
        """What comes in, for the document's description."""
        number = {"type": "integer", "minimum": 0, "maximum": len(self.ours) - 1}
        return WithJsonSchema({"anyOf": [{"type": "string", "enum": [*self.ours]}, number]})


WEIGHT_UNITS = Names(Lbs="lb", Kg="kg")
DISTANCE_UNITS = Names(Miles="mi", Kilometers="km", Meters="m", Yards="yd")
IMPLEMENT_TYPES = Names(**{name: name for name in IMPLEMENTS})
EXERCISE_TYPES = Names(Reps="reps", Duration="duration", Distance="distance")


def _utc(when: datetime | None) -> datetime | None:
    """A time that names no zone is in UTC, as all of this document's are."""
    return when if when is None or when.tzinfo else when.replace(tzinfo=UTC)


Id = Annotated[int, Field(ge=1, le=2**63 - 1), Number]
MaybeId = Annotated[Id | None, Blank]
Name = Annotated[Text, Field(min_length=1, max_length=200)]
Notes = Annotated[Annotated[Text, Field(max_length=2000)] | None, Blank]
Rating = Annotated[Annotated[int, Field(ge=1, le=5), Number] | None, Blank]
When = Annotated[Moment, AfterValidator(_utc)]
WeightUnit = Annotated[str, BeforeValidator(WEIGHT_UNITS.read), WEIGHT_UNITS.schema()]
DistanceUnit = Annotated[str, BeforeValidator(DISTANCE_UNITS.read), DISTANCE_UNITS.schema()]
ImplementType = Annotated[str, BeforeValidator(IMPLEMENT_TYPES.read), IMPLEMENT_TYPES.schema()]
ExerciseType = Annotated[str, BeforeValidator(EXERCISE_TYPES.read), EXERCISE_TYPES.schema()]

WeightUnitName = Literal["Lbs", "Kg"]
DistanceUnitName = Literal["Miles", "Kilometers", "Meters", "Yards"]
ImplementTypeName = Literal[
    "Barbell",
    "Dumbbell",
    "SelectorizedMachine",
    "PlateLoadedMachine",
    "Bodyweight",
    "Band",
    "Kettlebell",
    "Plate",
    "MedicineBall",
]
ExerciseTypeName = Literal["Reps", "Duration", "Distance"]


def instant(when: datetime | None) -> str | None:
    """A moment as ISO 8601 with Z; None for none."""
    return moment(when) if when else None


def moment(when: datetime) -> str:
    """A moment as ISO 8601 with Z."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")


def amount(exact: str | Decimal | None) -> float | None:
    """A number as JSON has it: 135.0, 82.5."""
    return None if exact is None else float(exact)
