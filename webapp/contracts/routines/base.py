"""How `routines` words what all its operations share: the envelope, pages, times, refusals."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, NotRequired

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field
from typing_extensions import TypedDict

from webapp.forms.base import Blank, Form
from webapp.forms.numbers import Number
from webapp.models.fields import in_distance_unit, in_unit, plain
from webapp.problems import Problem

CODES = {
    400: "VALIDATION_ERROR",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "CONFLICT",
    500: "SERVER_ERROR",
}
FURTHEST = 1_000_000_000  # the last page one can ask for
BIGGEST = 2**63 - 1


class Reason(TypedDict):
    """Why not; `fields` says it for each field that is wrong."""

    code: Literal[
        "VALIDATION_ERROR",
        "INVALID_REQUEST",
        "UNAUTHORIZED",
        "FORBIDDEN",
        "NOT_FOUND",
        "CONFLICT",
        "SERVER_ERROR",
    ]
    message: str
    fields: NotRequired[dict[str, list[str]]]


class Refusal(TypedDict):
    """The envelope of what is refused."""

    success: Literal[False]
    error: Reason


def error(problem: Problem) -> tuple[int, Refusal, dict[str, str]]:
    """Status, body and headers of a refusal, folded into the codes of the document."""
    code = CODES.get(problem.status, "INVALID_REQUEST" if problem.status < 500 else "SERVER_ERROR")
    if problem.code == "unreadable":
        code = "INVALID_REQUEST"
    said: Reason = {"code": code, "message": problem.text}  # type: ignore[typeddict-item]
    if problem.fields:
        said["fields"] = {_path(path): texts for path, texts in problem.fields.items()}
        said["message"] = f"{problem.text}: {_sentence(problem)}"
    return problem.status, {"success": False, "error": said}, {}


def _sentence(problem: Problem) -> str:
    return "; ".join(f"{_path(path)}: {' '.join(texts)}" for path, texts in problem.fields.items())


def _path(path: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in path)


class Meta(TypedDict):
    """Which page of how many things in all."""

    page: int
    pageSize: int
    total: int


class Health(TypedDict):
    """GET /health, without an envelope."""

    status: Literal["UP"]
    service: str


def health() -> Health:
    """200 while the process runs."""
    return {"status": "UP", "service": "setlog"}


def _iso(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise ValueError("Must be a date and time such as 2026-03-01T09:00:00")
    try:
        when = datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise ValueError("Must be a date and time such as 2026-03-01T09:00:00") from error
    if not 1971 <= when.year <= 2200:
        raise ValueError("Must be a moment of these times")
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return when.astimezone(UTC).replace(microsecond=when.microsecond // 1000 * 1000)


def clamped(most: int) -> AfterValidator:
    """A number that is taken as at least 1 and at most `most`."""
    return AfterValidator(lambda number: min(max(number, 1), most))


Id = Annotated[int, Field(ge=1, le=BIGGEST), Number]
Moment = Annotated[Annotated[datetime, BeforeValidator(_iso)] | None, Blank]
Page = Annotated[int, Number, clamped(FURTHEST)]


class Words(Form):
    """A form in the document's words alone: our own names are unknown keys, which say nothing."""

    model_config = ConfigDict(validate_by_name=False)


def asked(*words: str) -> Callable[[Any], Any]:
    """Lets what was left out be judged under the document's word, as if null had been said."""
    return lambda data: dict.fromkeys(words) | data if isinstance(data, dict) else data


class Paged(Words):
    """What is asked of a list: everything is said, by default."""

    page: Page = 1

    def said(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in type(self).model_fields}


def instant(when: datetime) -> str:
    """A moment in UTC, without a zone; milliseconds only where a client may have said them."""
    said = when.astimezone(UTC).replace(tzinfo=None)
    is_said = said.microsecond and said.microsecond % 1000 == 0
    return said.isoformat(timespec="milliseconds" if is_said else "seconds")


def maybe_instant(when: datetime | None) -> str | None:
    """The same; None for none."""
    return None if when is None else instant(when)


def kilograms(weight: str | None, unit: str | None) -> str | None:
    """A weight in kilograms: as it was written, or converted to two decimals."""
    if weight is None or unit in (None, "kg"):
        return weight
    return plain(in_unit(Decimal(weight), unit, "kg"))


def kilometres(distance: str | None, unit: str | None) -> str:
    """A distance in kilometres: as it was written, or converted; "0" for none."""
    if distance is None or unit == "km":
        return distance or "0"
    if unit in (None, "m"):
        return plain(Decimal(distance) / 1000)
    return plain(in_distance_unit(Decimal(distance), unit, "km"))
