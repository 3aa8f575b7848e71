"""What the shapes of an exported account are made of."""

from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from webapp.forms.plates import Bars, Plates


def _in_utc(when: datetime) -> datetime:
    if not 1 < when.year < 9999:
        raise ValueError("Must be a year from 2 to 9998")
    return when.astimezone(UTC)


def _as_text(text: str) -> str:
    """JSON can say what no database keeps: NUL, and halves of surrogate pairs."""
    if not text.isascii() and text.encode(errors="replace").decode() != text:
        raise ValueError("Must be Unicode text")
    if "\x00" in text:
        raise ValueError("Must not contain NUL characters")
    return text


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
Whole = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]
Amount = Annotated[str, Field(pattern=r"^-?[0-9]{1,12}(\.[0-9]{1,18})?$")]
T16 = Annotated[str, Field(max_length=16), AfterValidator(_as_text)]
T50 = Annotated[str, Field(max_length=50), AfterValidator(_as_text)]
T100 = Annotated[str, Field(max_length=100), AfterValidator(_as_text)]
T200 = Annotated[str, Field(max_length=200), AfterValidator(_as_text)]
T500 = Annotated[str, Field(max_length=500), AfterValidator(_as_text)]
T2048 = Annotated[str, Field(max_length=2048), AfterValidator(_as_text)]
Prose = Annotated[str, Field(max_length=100_000), AfterValidator(_as_text)]
Ref = T100
T400 = Annotated[str, Field(max_length=400), AfterValidator(_as_text)]
Unit = Literal["kg", "lb"]
Far = Literal["m", "km", "mi", "yd"]
Stock = dict[Unit, Plates]
Racks = dict[Unit, Bars]


class Shape(BaseModel):
    """A row; a key that it does not know is an error, so that nothing is lost in silence."""

    model_config = ConfigDict(extra="forbid")


class Owned(Shape):
    """A row with a name of its own, and when it was made and changed (left out: when made)."""

    uuid: UUID
    created_at: Moment
    updated_at: Moment | None = None
