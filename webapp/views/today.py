"""The first page: go on, start, repeat; the week and the last workouts."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from webapp.auth import Caller
from webapp.db import Row
from webapp.history.bests import Best
from webapp.history.listing import Past
from webapp.history.streaks import Streak
from webapp.models.plans import next_of
from webapp.views.history import length_text, listed, together
from webapp.views.plans import ago, key, names_text, size_text
from webapp.views.summary import streak_text
from webapp.views.text import LONG_DAYS, count, duration, long_date
from webapp.zones import local

MOST = 6  # routines on the page; the rest are behind a link


def today(
    running: Past | None,
    recent: Sequence[Past],
    bests: dict[int, list[Best]],
    routines: Sequence[Row],
    items: dict[int, list[Row]],
    streak: Streak,
    programs: Sequence[dict[str, str]],
    person: Caller,
) -> dict[str, Any]:
    """What GET / shows; the starter programs only to those who have nothing yet."""
    is_first = not (routines or recent or running)
    return {
        "current": "today",
        "today": {
            "date_text": long_date(local(datetime.now(UTC), person.timezone)),
            "key": key(),
            "start_uuid": key(),
            "is_first_run": is_first,
            "resume": resume(running) if running else None,
            "streak": _streak(streak),
            "has_routines": bool(routines),
            "routines": _routines(routines, items, person),
            "starters": list(programs) if is_first else [],
            "last": _last(recent[0], person) if recent else None,
            "has_recent": bool(recent),
            "recent": [_recent(each, bests.get(each.id, []), person) for each in recent],
        },
    }


def resume(running: Past) -> dict[str, str]:
    """The workout in progress, with how long it has been."""
    since = duration(datetime.now(UTC) - running.started_at)
    text = f"{running.done} of {count(running.total, 'set')} · started {since} ago"
    done, total = str(running.done), str(max(running.total, 1))
    return {"name": running.name, "text": text, "done": done, "total": total}


def _streak(streak: Streak) -> dict[str, Any]:
    days = [streak.first + timedelta(days=number) for number in range(7)]
    amount = count(streak.this_week, "workout")
    return {
        "text": streak_text(streak),
        "this_week": f"{amount} this week" if streak.this_week else "No workout yet this week",
        "days": [
            {
                "label": LONG_DAYS[day.weekday()][0],
                "name": LONG_DAYS[day.weekday()],
                "is_done": day in streak.days,
                "is_today": day == streak.today,
            }
            for day in days
        ],
    }


def _routines(
    routines: Sequence[Row], items: dict[int, list[Row]], person: Caller
) -> list[dict[str, Any]]:
    turn = next_of(routines)
    ordered = sorted(routines, key=lambda each: each is not turn)[:MOST]
    return [_routine(each, items.get(each["id"], []), person, turn) for each in ordered]


def _routine(each: Row, items: Sequence[Row], person: Caller, turn: Row | None) -> dict[str, Any]:
    done = ago(each["last_done_at"], person.timezone)
    return {
        "uuid": str(each["uuid"]),
        "name": each["name"],
        "sub": names_text(items),
        "meta": f"{size_text(items)} · {f'last {done}' if done else 'not done yet'}",
        "is_next": each is turn,
    }


def _recent(each: Past, bests: Sequence[Best], person: Caller) -> dict[str, str]:
    shown = listed(each, bests, person)
    parts = (length_text(each), count(each.sets, "set"))
    sub = " · ".join(together(part) for part in parts if part)
    return {**{name: shown[name] for name in ("url", "name", "date_text", "pb_text")}, "sub": sub}


def _last(last: Past, person: Caller) -> dict[str, str]:
    shown = listed(last, [], person)
    sub = " · ".join(part for part in (shown["date_text"], length_text(last)) if part)
    return {"uuid": last.uuid, "name": last.name, "sub": sub}
