"""How `executions` words what all its operations share: refusals, moments, pages of a list."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, NotRequired, TypedDict

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field

from webapp.forms.base import Blank, Form, Text
from webapp.forms.numbers import Number
from webapp.problems import Problem

NAMES = {401: "unauthorized", 403: "forbidden", 404: "not_found"}
TEXTS = {
    401: "Authentication required",
    403: "You don't have permission to access this resource",
    404: "Resource not found",
    500: "An unexpected error occurred",
}
# Rules of business are validation errors in this document, whatever they are elsewhere.
AS_VALIDATION = (400, 409, 413, 422)
MOST_PER_PAGE = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_URL = re.compile(r"https?://[^\s/]+\S*\Z", re.IGNORECASE)


class Refusal(TypedDict):
    """Why not; `details` says it for each field that is wrong (validation_error)."""

    error: str
    message: str
    details: NotRequired[dict[str, list[str]]]


def error(problem: Problem) -> tuple[int, Refusal, dict[str, str]]:
    """Status, body and headers of a refusal, as its section "Error Responses" says."""
    if problem.status in AS_VALIDATION:
        status = problem.status if problem.status in (413, 422) else 400
        return status, _validation(problem), {}
    name = NAMES.get(problem.status) or problem.code
    if problem.status == 500:
        name = "internal_error"
    text = TEXTS.get(problem.status, problem.text)
    return problem.status, {"error": name, "message": text}, {}


def _validation(problem: Problem) -> Refusal:
    details = {".".join(str(p) for p in path): texts for path, texts in problem.fields.items()}
    text = "Invalid request data" if details else problem.text
    return {"error": "validation_error", "message": text, "details": details}


def instant(when: datetime) -> str:
    """A moment as the document writes it: ISO 8601, UTC, whole seconds, with Z."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _iso(value: Any) -> Any:
    if isinstance(value, str) and not _DAY.match(value):
        raise ValueError("Must be a date like 2024-01-31")
    return value


def _http(url: str) -> str:
    if not _URL.match(url) or not url.isprintable():
        raise ValueError("Must be an address that begins with http:// or https://")
    return url


def _clamped(number: int) -> int:
    return min(number, MOST_PER_PAGE)


IsoDate = Annotated[Annotated[date, BeforeValidator(_iso)] | None, Blank]
PictureUrl = Annotated[Annotated[Text, Field(max_length=2048), AfterValidator(_http)] | None, Blank]
Flag = Annotated[bool | None, Blank]
PerPage = Annotated[int, Field(ge=1), AfterValidator(_clamped), Number]


class PageQuery(Form):
    """Which page of a list, and how long: `page` from 1, `per_page` (or `size`) up to 100."""

    page: Annotated[int, Field(ge=1, le=1_000_000_000), Number] = 1
    per_page: PerPage = Field(20, validation_alias=AliasChoices("per_page", "size"))

    def said(self) -> dict[str, Any]:
        """What was said; page and length always."""
        return super().said() | {"page": self.page, "per_page": self.per_page}
