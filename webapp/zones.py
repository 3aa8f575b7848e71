"""The time zones a person can live in (IANA names), what their clocks say, and how far these are
from UTC."""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

_MACHINE = ("Etc/", "SystemV/", "US/", "posix/", "right/")

# What a phone may report, old names too ("Asia/Calcutta").
KNOWN = frozenset(available_timezones() - {"localtime", "posixrules", "Factory"})
# What is offered in a list: places, and UTC.
OFFERED = (
    "UTC",
    *sorted(name for name in KNOWN if "/" in name and not name.startswith(_MACHINE)),
)
DAY = 24 * 60
AROUND = 400  # days, before and after the month it is

Offsets = tuple[tuple[int, int], ...]


def local(when: datetime, timezone: str) -> datetime:
    """A stored moment on the person's clock."""
    return when.astimezone(ZoneInfo(timezone))


def offsets(zone: str, now: datetime) -> Offsets:
    """How far the zone's clocks are ahead of UTC, in minutes, and from when on (in minutes since
    1970), for a year and more before and after `now`. Another answer only every month."""
    month = datetime(now.year, now.month, 1, tzinfo=UTC)
    return _offsets(zone, int(month.timestamp()) // 60)


@lru_cache(maxsize=1024)
def _offsets(zone: str, month: int) -> Offsets:
    clocks, start = ZoneInfo(zone), month - AROUND * DAY
    found = [(start, _ahead(clocks, start))]
    for minute in range(start, month + AROUND * DAY, DAY):
        if _ahead(clocks, minute + DAY) != found[-1][1]:
            change = _change(clocks, minute, minute + DAY)
            found.append((change, _ahead(clocks, change)))
    return tuple(found)


def _ahead(clocks: ZoneInfo, minute: int) -> int:
    ahead = datetime.fromtimestamp(minute * 60, clocks).utcoffset()
    return int(ahead.total_seconds()) // 60 if ahead else 0


def _change(clocks: ZoneInfo, before: int, after: int) -> int:
    """The first minute of the clocks as they are `after`."""
    while after - before > 1:
        middle = (before + after) // 2
        is_later = _ahead(clocks, middle) == _ahead(clocks, after)
        before, after = (before, middle) if is_later else (middle, after)
    return after
