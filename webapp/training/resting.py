"""The rest timer of a workout: two stored moments, so that every device counts to the same end.

It is paused while `rest_left_seconds` is set; `rest_ends_at` then only tells how long it was.
"""

from datetime import UTC, datetime, timedelta

from webapp.db import rows
from webapp.training.lines import Sheet

STEP = 15
LONGEST = 3600
SHOWN_AFTER = timedelta(seconds=15)
AT_ONCE = timedelta(minutes=1)
NO_REST = (None, None, None)

Rest = tuple[datetime | None, datetime | None, int | None]

_SET = (
    "UPDATE workouts SET rest_started_at = ?, rest_ends_at = ?, rest_left_seconds = ?, "
    "version = version + 1, updated_at = ? WHERE user_id = ? AND id = ?"
)


async def set_rest(sheet: Sheet, rest: Rest, now: datetime) -> None:
    """Store the timer (started, ends, seconds left when paused) and count the change."""
    sheet.rest_started_at, sheet.rest_ends_at, sheet.rest_left_seconds = rest
    sheet.version += 1
    await rows(_SET, *rest, now, sheet.user_id, sheet.id)


async def begin(sheet: Sheet, seconds: int, at: datetime, now: datetime | None = None) -> None:
    """Start the rest from the tap; from now when the tap is only a moment ago."""
    now = now or datetime.now(UTC)
    await set_rest(sheet, begun(seconds, now if now - at < AT_ONCE else at), now)


def begun(seconds: int, now: datetime) -> Rest:
    """A rest of so many seconds from now; none for 0."""
    length = min(seconds, LONGEST)
    return (now, now + timedelta(seconds=length), None) if length > 0 else NO_REST


def is_on(sheet: Sheet, now: datetime) -> bool:
    """A rest that is running, paused, or over for some seconds only."""
    if sheet.rest_ends_at is None:
        return False
    return is_paused(sheet) or now < sheet.rest_ends_at + SHOWN_AFTER


def is_paused(sheet: Sheet) -> bool:
    return sheet.rest_left_seconds is not None


def left(sheet: Sheet, now: datetime) -> int:
    """Seconds left, rounded up; 0 when over."""
    if sheet.rest_left_seconds is not None:
        return sheet.rest_left_seconds
    if sheet.rest_ends_at is None:
        return 0
    return max(0, -int((now - sheet.rest_ends_at).total_seconds() // 1))


def total(sheet: Sheet) -> int:
    """Seconds the rest is long."""
    if sheet.rest_ends_at is None or sheet.rest_started_at is None:
        return 0
    return max(1, round((sheet.rest_ends_at - sheet.rest_started_at).total_seconds()))


def paused(sheet: Sheet, now: datetime) -> Rest:
    """The timer standing still; none when it was over."""
    seconds = left(sheet, now)
    return (sheet.rest_started_at, sheet.rest_ends_at, seconds) if seconds else NO_REST


def resumed(sheet: Sheet, now: datetime) -> Rest:
    """The timer running on from where it stood."""
    if not is_paused(sheet):
        return _as_it_is(sheet)
    ends = now + timedelta(seconds=left(sheet, now))
    return ends - timedelta(seconds=total(sheet)), ends, None


def shifted(sheet: Sheet, by: int, now: datetime) -> Rest:
    """The timer so many seconds longer (or shorter); none when nothing is left of it."""
    seconds = min(left(sheet, now) + by, LONGEST)
    if sheet.rest_ends_at is None or seconds <= 0:
        return NO_REST
    started = sheet.rest_started_at or now
    if is_paused(sheet):
        return started, sheet.rest_ends_at + timedelta(seconds=by), seconds
    return started, now + timedelta(seconds=seconds), None


def _as_it_is(sheet: Sheet) -> Rest:
    return sheet.rest_started_at, sheet.rest_ends_at, sheet.rest_left_seconds
