"""Numbers as other apps write them: decimal commas, thousands, lengths of time, units; pure."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from webapp.importing.plain import Unreadable
from webapp.models.fields import plain

WEIGHT_MOST = REPS_MOST = Decimal(10_000)
DISTANCE_MOST = Decimal(1_000_000)
SECONDS_MOST = Decimal(86_400)
LENGTH_MOST = 7 * 86_400
SHORT_LENGTH = 300  # a bare number up to this counts minutes: nobody logs a workout of 75 seconds
BLANK = frozenset(("", "-", "–", "—", "null", "none"))

_NUMBER = re.compile(r"\d{1,15}(\.\d{0,30})?|\.\d{1,30}")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?")
_SPACES = {ord(each): None for each in " \t\u00a0\u2009\u202f'’"} | {ord("٫"): "."}
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:[.,](\d{1,3}))?")
_LONG = re.compile(
    r"(?:(\d{1,3})\s*(?:h|std)[a-z]*\.?\s*)?(?:(\d{1,4})\s*m[a-z]*\.?\s*)?(?:(\d{1,6})\s*s[a-z]*\.?)?",
    re.IGNORECASE,
)

WEIGHT_UNITS = {
    **dict.fromkeys(("kg", "kgs", "kilogram", "kilograms", "kilo", "kilos"), "kg"),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), "lb"),
}
# What our columns hold, and by how much the file's unit is one of it.
DISTANCE_UNITS = {
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres"), ("m", Decimal(1))),
    **dict.fromkeys(("km", "kms", "kilometer", "kilometers", "kilometres"), ("km", Decimal(1))),
    **dict.fromkeys(("mi", "mile", "miles"), ("mi", Decimal(1))),
    **dict.fromkeys(("yd", "yds", "yard", "yards"), ("yd", Decimal(1))),
    **dict.fromkeys(("ft", "foot", "feet"), ("m", Decimal("0.3048"))),
    **dict.fromkeys(("in", "inch", "inches"), ("m", Decimal("0.0254"))),
    **dict.fromkeys(("cm", "centimeters", "centimetres"), ("m", Decimal("0.01"))),
}
_PLACES = {"km": 6, "mi": 6, "yd": 3, "m": 3, None: 6}


@lru_cache(maxsize=8192)
def amount(said: str, what: str, most: Decimal, has_commas: bool = True) -> Decimal | None:
    """The number in a cell from 0 to `most`; None for an empty one.

    "82,5" is a decimal comma; "1,250" counts thousands where commas part the columns
    (`has_commas`). Raises Unreadable, which calls it `what`.
    """
    text = said.translate(_SPACES)
    if text.lower() in BLANK:
        return None
    if text.startswith(("-", "−")) and _NUMBER.fullmatch(_pointed(text[1:], has_commas)):
        raise Unreadable(f"The {what} “{said[:30]}” is less than nothing")
    text = _pointed(text, has_commas)
    if not _NUMBER.fullmatch(text):
        raise Unreadable(f"The {what} “{said[:30]}” is not a number")
    number = Decimal(text)
    if number > most:
        raise Unreadable(f"The {what} “{said[:30]}” is more than {most:,}")
    return number


def _pointed(text: str, has_commas: bool) -> str:
    if "," not in text:
        return text
    if has_commas and _THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    if "." in text and text.rfind(".") < text.rfind(","):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", "" if "." in text else ".")


def rounded(number: Decimal, places: int) -> str:
    """A number with at most so many decimals: "20.412" for 20.411657."""
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return plain(number)


def weight_unit(said: str) -> str | None:
    """kg, lb, or None for nothing said. Raises Unreadable."""
    name = said.strip().rstrip(".").lower()
    if name in BLANK:
        return None
    if name not in WEIGHT_UNITS:
        raise Unreadable(f"The weight unit “{said[:30]}” is neither kg nor lb")
    return WEIGHT_UNITS[name]


def distance(number: Decimal, unit: str) -> tuple[str, str | None]:
    """A distance in a unit of ours, as text; the unit is None where none was said."""
    name = unit.strip().rstrip(".").lower()
    if name in BLANK:
        return rounded(number, _PLACES[None]), None
    if name not in DISTANCE_UNITS:
        raise Unreadable(f"The distance unit “{unit[:30]}” is not known")
    ours, factor = DISTANCE_UNITS[name]
    return rounded(number * factor, _PLACES[ours]), ours


@lru_cache(maxsize=2048)
def seconds(said: str, what: str = "time") -> Decimal | None:
    """Seconds from "90", "1:30", "01:05:00", "1h 5m"; None for an empty cell. Raises Unreadable."""
    text = said.strip()
    if (found := _CLOCK.fullmatch(text)) is not None:
        hours, minutes, rest, part = found.groups()
        whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(rest)
        return Decimal(f"{whole}.{part or 0}")
    found = _LONG.fullmatch(text) if text and not text.isdigit() else None
    if found is not None and any(found.groups()):
        hours, minutes, rest = (int(each or 0) for each in found.groups())
        return Decimal(hours * 3600 + minutes * 60 + rest)
    return amount(said, what, Decimal(LENGTH_MOST))


def length(said: str, in_seconds: bool) -> int | None:
    """The seconds a workout took; a bare number is seconds where its column says so, else minutes
    when it is small. None for an empty cell or nothing. Raises Unreadable."""
    found = seconds(said, "duration")
    if not found or found > LENGTH_MOST:
        return None
    is_bare = said.strip().replace(".", "").replace(",", "").isdigit()
    return int(found) * (60 if is_bare and not in_seconds and found <= SHORT_LENGTH else 1)
