"""Numbers, times and names as people read them; pure, and the same wherever they are shown."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from webapp.models.fields import GRAMS, plain

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DECIMAL = re.compile(r"[−-]?[\d,]+(\.\d+)?")


def number(amount: Decimal | None) -> str:
    """ "82.5", "100", "" for none."""
    return "" if amount is None else plain(Decimal(amount))


def tenths(grams: int | Decimal, unit: str) -> str:
    """Grams in a unit people use, to a tenth: "102.5"."""
    return plain((Decimal(grams) / GRAMS[unit]).quantize(Decimal("0.1"), ROUND_HALF_UP))


def thousands(amount: Decimal | int | float) -> str:
    """A whole number with separators: "8,420"."""
    return f"{int(Decimal(amount).to_integral_value(ROUND_HALF_UP)):,}"


def aligned(column: Sequence[str]) -> list[str]:
    """A column of numbers with as many decimals in each: "45", "46.2" as "45.0", "46.2". What is
    no number stays as it is."""
    parts = [each.partition(".") if _DECIMAL.fullmatch(each) else None for each in column]
    most = max((len(part[2]) for part in parts if part), default=0)
    return [
        f"{part[0]}.{part[2]:0<{most}}" if part and most else each
        for part, each in zip(parts, column, strict=True)
    ]


def clock(seconds: Decimal | int | None) -> str:
    """ "1:30", "1:02:05", "" for none."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def duration(length: timedelta) -> str:
    """ "1 h 4 min", "58 min", "< 1 min"."""
    minutes = int(length.total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min" if minutes else "< 1 min"


def short_date(day: datetime) -> str:
    """ "Fri 21 Nov"."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def long_date(day: datetime) -> str:
    """ "Friday 21 November 2026" without the year when it is this one is the caller's choice."""
    return f"{LONG_DAYS[day.weekday()]} {day.day} {day:%B}"


def count(amount: int, one: str, many: str | None = None) -> str:
    """ "1 set", "3 sets"."""
    return f"{amount} {one if amount == 1 else many or one + 's'}"


def count_of(amount: int, one: str) -> str:
    """ "1 workout", "1,204 workouts"."""
    return count(amount, one).replace(str(amount), thousands(amount), 1)
