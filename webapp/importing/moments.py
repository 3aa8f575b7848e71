"""Dates as other apps and spreadsheets write them; pure."""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from webapp.importing.plain import Unreadable
from webapp.models.library import fold

LONGEST = 60
_TIME = re.compile(
    r"(?P<date>.+?)(?:[T,\s]|\bat\b|\bkl\b\.?)+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?:[.,](?P<part>\d+))?)?\s*(?P<half>[ap]\.?\s?m\.?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})(?:[-./]|[年년]\s?)(\d{1,2})(?:[-./]|[月월]\s?)(\d{1,2})[日일]?")
_NUMBERS = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})\.?")
_NAMED = re.compile(
    r"(\d{1,2})(?:\.|st|nd|rd|th)?[\s-]+(?:de\s+)?(\d{1,2}[月월]|[^\W\d]+)\.?,?[\s-]+"
    r"(?:de\s+)?(\d{4})(?:\s?[гр]\.?)?"
)
_NAMED_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_WEEKDAY = re.compile(r"[^\W\d]+\.?,\s+(?=\d|[^\W\d]+\.?\s+\d)")
# English, German, French, Spanish, Italian, Portuguese, Dutch, Danish, Norwegian and Swedish;
# Polish, Turkish, Russian and Ukrainian as they stand beside a day.
_MONTHS = tuple(
    fold(names).split()
    for names in (
        "january januar janvier enero gennaio janeiro januari stycznia ocak января січня",
        "february februar février febrero febbraio fevereiro februari lutego şubat февраля лютого",
        "march märz mars marts marzo março maart mrz mrt marca mart марта березня",
        "april avril abril aprile kwietnia nisan апреля квітня",
        "may mai mayo maggio maio mei maj maja mayıs мая май травня",
        "june juni juin junio giugno junho czerwca haziran июня червня",
        "july juli juillet julio luglio julho lipca temmuz июля липня",
        "august août agosto augustus augusti sierpnia ağustos августа серпня",
        "september septembre septiembre settembre setembro września eylül сентября вересня",
        "october oktober octobre octubre ottobre outubro października ekim октября жовтня",
        "november novembre noviembre novembro listopada kasım ноября листопада",
        "december dezember décembre diciembre dicembre dezembro desember grudnia aralık декабря "
        "грудня",
    )
)


@lru_cache(maxsize=4096)
def moment(said: str, day_first: bool = True) -> tuple[datetime, bool]:
    """The moment in a cell, and whether it has a time of day: aware where an offset is written.

    "03/04/2026" is the 3rd of April where `day_first`. Raises Unreadable.
    """
    text = " ".join(said[: LONGEST + 1].split())
    found = _TIME.fullmatch(text)
    day = _day(found["date"] if found else text, day_first)
    if day is None:
        raise Unreadable(f"The date “{said[:40]}” is not one we can read" if text else "No date")
    try:
        return (_timed(day, found), True) if found else (datetime(*day), False)
    except (ValueError, OverflowError) as error:
        raise Unreadable(f"The date “{said[:40]}” does not exist") from error


def is_readable(said: str) -> bool:
    """Whether this is a date at all."""
    try:
        return bool(moment(said[: LONGEST + 1]))
    except Unreadable:
        return False


def order(said: str) -> str | None:
    """Of a date in numbers such as "03/28/2026" whether "day" or "month" come first, or "either";
    None for a date that is written otherwise."""
    found = _NUMBERS.match(said.strip()[:LONGEST])
    if found is None or found[2] == ".":
        return None
    one, two = int(found[1]), int(found[3])
    return "day" if one > 12 else "month" if two > 12 else "either"


def _timed(day: tuple[int, int, int], found: "re.Match[str]") -> datetime:
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    part = int((found["part"] or "0")[:6].ljust(6, "0"))
    when = datetime(*day, hour, int(found["minute"]), int(found["second"] or 0), part)
    return when.replace(tzinfo=_zone(found["zone"])) if found["zone"] else when


def _zone(said: str) -> timezone:
    if said.upper() == "Z":
        return UTC
    digits = said[1:].replace(":", "")
    hours, minutes, seconds = (int(digits[at : at + 2] or 0) for at in (0, 2, 4))
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return timezone(-offset if said[0] == "-" else offset)


def _day(said: str, day_first: bool) -> tuple[int, int, int] | None:
    """(year, month, day) as written, existing or not."""
    text = _WEEKDAY.sub("", said.strip().rstrip(","), count=1)
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NUMBERS.fullmatch(text):
        one, two = int(found[1]), int(found[3])
        is_day_first = day_first or found[2] == "."
        return (int(found[4]), two, one) if is_day_first else (int(found[4]), one, two)
    if (found := _NAMED.fullmatch(text)) and (month := _month(found[2])):
        return int(found[3]), month, int(found[1])
    if (found := _NAMED_FIRST.fullmatch(text)) and (month := _month(found[1])):
        return int(found[3]), month, int(found[2])
    return None


@lru_cache(maxsize=256)
def _month(said: str) -> int | None:
    """The month of a name or of how one begins; None for what could be two."""
    if said[:1].isdigit():
        return int(said[:-1])
    name = fold(said)
    fits = {
        number
        for number, names in enumerate(_MONTHS, 1)
        if len(name) >= 3 and any(each.startswith(name) for each in names)
    }
    return fits.pop() if len(fits) == 1 else None
