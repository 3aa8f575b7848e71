"""The time zones a person can live in (IANA names)."""

from zoneinfo import available_timezones

_MACHINE = ("Etc/", "SystemV/", "US/", "posix/", "right/")

# What a phone may report, old names too ("Asia/Calcutta").
KNOWN = frozenset(available_timezones() - {"localtime", "posixrules", "Factory"})
# What is offered in a list: places, and UTC.
OFFERED = (
    "UTC",
    *sorted(name for name in KNOWN if "/" in name and not name.startswith(_MACHINE)),
)
