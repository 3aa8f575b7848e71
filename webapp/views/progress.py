"""Progress as people see it: a range of days beside the one before it, in figures and charts."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from webapp.auth import Caller
from webapp.history.milestones import Milestone
from webapp.history.progress import Performed, Progress, Work
from webapp.history.ranges import EVER, Range
from webapp.history.streaks import WEEK
from webapp.history.weeks import Stretch, Weeks, stretches
from webapp.models.fields import GRAMS
from webapp.views.axes import day_label
from webapp.views.charts import Bar, Look, bars
from webapp.views.exercise_detail import day_text
from webapp.views.figure import figure, muscle_rows
from webapp.views.milestones import record
from webapp.views.text import MONTHS, count, thousands

RANGES = {"4w": "4 weeks", "3m": "3 months", "1y": "Year", EVER: "All"}
FEW_RECORDS, FEW_EXERCISES = 8, 8
KINDS = {"day": "Day", "week": "Week", "month": "Month", "year": "Year"}
MOST_LABELS = 6  # as many names of bars fit below a chart
_MONTHS = (1, 2, 3, 6, 12)


def stats(
    found: Progress, weeks: Weeks, person: Caller, today: date, is_whole: bool
) -> dict[str, Any]:
    """Everything that GET /stats shows."""
    shown, before = found.shown, found.shown.before
    now, then = found.total(shown), found.total(before)
    along = stretches(found.work, shown, person.first_day_of_week)
    records = found.records if is_whole else found.records[:FEW_RECORDS]
    muscles = found.muscles()
    return {
        "current": "progress",
        "is_trained": bool(found.days),
        "ranges": _ranges(shown),
        "range_text": range_text(shown),
        "before_text": range_text(before) if before and then.workouts else "",
        "from": shown.first.isoformat(),
        "to": shown.last.isoformat(),
        "is_said": not shown.name,
        "is_done": now.workouts > 0,
        "tiles": _tiles(now, then, shown, before, person),
        "drawn": _drawn(along, person.weight_unit, today),
        "figure": figure(muscles, shown.weeks),
        "muscles": muscle_rows(muscles, shown, before),
        "streak": _streak(weeks),
        "months": _months(records, found.performed, person),
        "more_records": _more(found, is_whole, shown),
        "exercises": _exercises(found.performed),
        "unit": person.weight_unit,
    }


def range_text(shown: Range) -> str:
    """ "24 Aug – 21 Nov 2026", "2 Mar 2026" of a single day."""
    if shown.first == shown.last:
        return day_text(shown.last)
    return f"{day_text(shown.first, shown.last.year)} – {day_text(shown.last)}"


def _ranges(shown: Range) -> list[dict[str, Any]]:
    return [
        {"url": f"/stats?range={name}", "label": label, "is_on": name == shown.name}
        for name, label in RANGES.items()
    ]


def _tiles(
    now: Work, then: Work, shown: Range, before: Range | None, person: Caller
) -> list[dict[str, str]]:
    unit, was = person.weight_unit, then if before and then.workouts else None
    weekly = f"{now.workouts / shown.weeks:.1f}"

    def tile(label: str, text: str, value: Callable[[Work], int], say: Any = str) -> dict[str, str]:
        change = _change(value(now), value(was), say) if was else {}
        return {"label": label, "text": text, **change}

    return [
        tile("Workouts", f"{now.workouts}", lambda work: work.workouts),
        {"label": "A week", "text": weekly, **_weekly(now, was, shown, before)},
        tile("Sets", f"{now.sets:,}", lambda work: work.sets, thousands),
        tile(f"Volume, {unit}", _volume(now, unit), lambda work: work.grams, percent_of(was)),
        tile("Time", hours(now.seconds), lambda work: work.seconds // 60, _minutes),
    ]


def _weekly(now: Work, was: Work | None, shown: Range, before: Range | None) -> dict[str, str]:
    if was is None or before is None:
        return {}
    change = now.workouts / shown.weeks - was.workouts / before.weeks
    return _change(round(change * 10), 0, lambda tenths: f"{tenths / 10:.1f}")


def _change(now: int, then: int, say: Callable[[int], str]) -> dict[str, str]:
    """How a figure differs from the one before: text, and which way it went."""
    if now == then:
        return {"change": "as before", "way": "same"}
    sign, way = ("+", "up") if now > then else ("−", "down")
    return {"change": f"{sign}{say(abs(now - then))}", "way": way}


def percent_of(was: Work | None) -> Callable[[int], str]:
    """Says a difference of grams as a share of what was lifted before."""
    grams = was.grams if was else 0
    return lambda less: f"{thousands(100 * less / grams)} %" if grams else "all"


def _volume(work: Work, unit: str) -> str:
    """ "231,210", "1.64 M"."""
    amount = work.grams / GRAMS[unit]
    return thousands(amount) if amount < 1_000_000 else f"{amount / 1_000_000:.2f} M"


def hours(seconds: int) -> str:
    """ "12 h", "45 min", "0 min"."""
    return f"{seconds / 3600:.0f} h" if seconds >= 36_000 else _minutes(seconds // 60)


def _minutes(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    if whole >= 10:
        return f"{round(minutes / 60)} h"
    return f"{whole} h {rest} min" if whole and rest else f"{whole} h" if whole else f"{rest} min"


def _drawn(along: Sequence[Stretch], unit: str, today: date) -> list[dict[str, Any]]:
    kind = along[-1].kind if along else "week"
    every = Look(f"Workouts a {kind}", "", lambda n: f"{n:,.0f}", ("Workouts",), counts="whole")
    lifted = Look(f"Volume a {kind}", unit, thousands, ("Volume",))
    return [
        bars(every, _bars(along, lambda work: work.workouts, today), KINDS[kind]),
        bars(
            lifted, _bars(along, lambda work: float(work.grams / GRAMS[unit]), today), KINDS[kind]
        ),
    ]


def _in(grams: int, unit: str) -> float:
    return float(grams / GRAMS[unit])


def _bars(along: Sequence[Stretch], value: Callable[[Work], float], today: date) -> list[Bar]:
    names = labels(along)
    return [
        Bar(label, _name(each, is_open), value(each.work), is_open)
        for each, label in zip(along, names, strict=True)
        for is_open in [each.kind != "day" and each.last == today]
    ]


def labels(along: Sequence[Stretch]) -> list[str]:
    """What stands below the bars, as much as fits: of weeks the month that begins in them."""
    said = [_label(each, along[n - 1] if n else None) for n, each in enumerate(along)]
    kept = _fitting(along, [n for n, label in enumerate(said) if label])
    return [label if n in kept else "" for n, label in enumerate(said)]


def _fitting(along: Sequence[Stretch], places: Sequence[int]) -> set[int]:
    """Those of the places that have room for a name; of months the first ones of years, halves and
    quarters, so that a year is always said where there is more than one."""
    if along and along[0].kind in ("week", "month"):
        for step in _MONTHS:
            kept = {n for n in places if (along[n].last.month - 1) % step == 0}
            if len(kept) <= MOST_LABELS:
                return kept
    every = max(-(-len(places) // MOST_LABELS), 1)
    return set(places[::-1][::every])


def _label(each: Stretch, before: Stretch | None) -> str:
    first = each.first
    if each.kind == "day":
        return day_label(first)
    if each.kind == "year":
        return str(first.year)
    is_new = before is None or before.last.month != each.last.month
    if each.kind == "week" and (not is_new or (before is None and each.last.day > WEEK)):
        return ""
    return str(each.last.year) if each.last.month == 1 else MONTHS[each.last.month - 1]


def _name(each: Stretch, is_open: bool) -> str:
    day = day_text(each.first)
    names = {
        "day": day,
        "week": f"Week of {day}",
        "month": f"{MONTHS[each.first.month - 1]} {each.first.year}",
        "year": str(each.first.year),
    }
    return names[each.kind] + (", so far" if is_open else "")


def _streak(weeks: Weeks) -> dict[str, str]:
    return {
        "current": str(weeks.current),
        "current_text": "week in a row" if weeks.current == 1 else "weeks in a row",
        "longest": count(weeks.longest, "week"),
        "is_best": "y" if weeks.current and weeks.current == weeks.longest else "",
    }


def _months(
    records: Sequence[Milestone], performed: Iterable[Performed], person: Caller
) -> list[dict[str, Any]]:
    """The records under headings of months; what one workout brought of an exercise is one."""
    known = {each.id: each for each in performed}
    by_set = groupby(records, key=lambda each: (each.made.when, each.exercise_id))
    shown = [record(list(same), known[key[1]], person) for key, same in by_set]
    months = groupby(shown, key=lambda each: each["month"])
    return [{"month": month, "records": list(its)} for month, its in months]


def _more(found: Progress, is_whole: bool, shown: Range) -> str:
    if is_whole or len(found.records) <= FEW_RECORDS:
        return ""
    days = {"from": shown.first.isoformat(), "to": shown.last.isoformat()}
    asked = {"range": shown.name} if shown.name else days
    return f"/stats?{urlencode({**asked, 'records': 'all'})}#records"


def _exercises(performed: Sequence[Performed]) -> list[dict[str, Any]]:
    done = [each for each in performed if each.sets][:FEW_EXERCISES]
    most = done[0].sets if done else 1
    return [
        {
            "url": f"/exercises/{each.uuid}",
            "name": each.name,
            "sets": count(each.sets, "set"),
            "share": str(round(100 * each.sets / most)),
        }
        for each in done
    ]
