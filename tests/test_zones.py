"""The clocks of a zone as numbers, as a phone is told them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from webapp.zones import offsets

NOW = datetime(2026, 11, 21, 17, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    "zone",
    [
        *("UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe"),
        *("Africa/Casablanca", "Antarctica/Troll", "Pacific/Apia", "Etc/GMT-14"),
    ],
)
def test_they_are_what_the_zone_says(zone: str) -> None:
    told, clocks = offsets(zone, NOW), ZoneInfo(zone)
    assert list(told) == sorted(told)
    for step in range(-9_000, 9_000):
        when = NOW + timedelta(hours=step)
        ahead = [by for start, by in told if start * 60 <= when.timestamp()][-1]
        assert timedelta(minutes=ahead) == when.astimezone(clocks).utcoffset()
    for start, ahead in told[1:]:
        change = datetime.fromtimestamp(start * 60, clocks)
        before = (change.astimezone(UTC) - timedelta(minutes=1)).astimezone(clocks)
        assert change.utcoffset() == timedelta(minutes=ahead) != before.utcoffset()


def test_they_stay_the_same_for_a_month() -> None:
    day = NOW.replace(day=1, hour=0)
    assert offsets("Europe/Berlin", day) is offsets("Europe/Berlin", day.replace(day=30))
    assert offsets("Europe/Berlin", day) != offsets("Europe/Berlin", day.replace(month=12))
