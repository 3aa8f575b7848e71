"""Which plates and bars a person loads, counted for each unit."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from webapp.forms.base import Form
from webapp.forms.numbers import Number, WeightUnit
from webapp.models.fields import plain

MOST_OF_ONE = 20
MOST_KINDS = 12
# Together these keep the sums that plates can make to a few thousand.
_STEP, _HEAVIEST, _HEAVIEST_BAR = Decimal("0.25"), Decimal(100), Decimal(200)


def _weight(said: Any, heaviest: Decimal) -> str:
    try:
        weight = Decimal(str(said)[:12])
        is_one = 0 < weight <= heaviest and weight % _STEP == 0
    except InvalidOperation:
        is_one = False
    if isinstance(said, bool) or not is_one:
        raise ValueError(f"Must be weights up to {heaviest} in steps of {_STEP}")
    return plain(weight)


def _few(weights: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(weights))
    if len(found) > MOST_KINDS:
        raise ValueError(f"Must be at most {MOST_KINDS} different weights")
    return found


def _plates(counts: dict[str, int]) -> dict[str, int]:
    owned = {_weight(said, _HEAVIEST): count for said, count in counts.items() if count}
    return {weight: owned[weight] for weight in sorted(_few(owned), key=Decimal, reverse=True)}


def _bars(said: Any) -> Any:
    """ "20, 15" or [20, 15] as ["20", "15"], in the order said."""
    parts = said.replace(",", " ").split() if isinstance(said, str) else said
    if not isinstance(parts, list):
        raise ValueError("Must be a list")
    return _few(_weight(part, _HEAVIEST_BAR) for part in parts)


Count = Annotated[int, Field(ge=0, le=MOST_OF_ONE), Number]
Plates = Annotated[dict[str, Count], AfterValidator(_plates)]
Bars = Annotated[list[str], BeforeValidator(_bars)]


class PlatesIn(Form):
    """{"plates": {"kg": {"20": 4}}, "bars": {"kg": ["20", "15"]}}; absent units stay.

    Plates are counted singly. A form says the same as fields: plates.kg.20=4, bars.kg="20, 15".
    """

    plates: dict[WeightUnit, Plates] = {}
    bars: dict[WeightUnit, Bars] = {}

    @model_validator(mode="before")
    @classmethod
    def _from_fields(cls, data: Any) -> Any:
        dotted: dict[str, dict[str, Any]] = {}
        for name, said in data.items():
            kind, _, rest = name.partition(".")
            unit, _, weight = rest.partition(".")
            if kind == "plates" and weight:
                dotted.setdefault(kind, {}).setdefault(unit, {})[weight] = said
            elif kind == "bars" and unit:
                dotted.setdefault(kind, {})[unit] = said
        return {**dotted, **data}
