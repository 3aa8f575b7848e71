"""A made-up person's world at a moment: the workout, its bests, routines, the weeks before."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from tests.browser.edge_states import FAR_UNITS, NAMES, NOWS, Maker, people
from webapp import starters
from webapp.auth import Caller
from webapp.contracts import edge as words
from webapp.history.bests import KINDS, Best
from webapp.history.listing import Past
from webapp.history.streaks import Streak, today_of, week_of
from webapp.history.totals import as_measured
from webapp.training.lines import Sheet, SheetItem, SheetSet
from webapp.zones import offsets

OWNED: tuple[Any, ...] = (
    ({}, {}),
    ({"kg": {"20": 4, "15": 2, "2.5": 2, "0.5": 2}}, {"kg": ["20", "12.5"], "lb": ["44"]}),
)


@dataclass
class World:
    """What the server knows of a person, and `state`: what their phone was told of it."""

    person: Caller
    now: datetime
    exercises: list[dict[str, Any]]
    sheet: Sheet | None
    bests: list[Best]
    routines: list[dict[str, Any]]
    items: dict[int, list[dict[str, Any]]]
    streak: Streak
    recent: list[Past]
    recent_bests: dict[int, list[Best]]
    owned: tuple[Any, Any]

    @property
    def programs(self) -> list[dict[str, str]]:
        return starters.offered()

    @property
    def state(self) -> dict[str, Any]:
        """As the worker keeps it."""
        uuids = {each["id"]: each["uuid"] for each in self.exercises}
        told = words.now(
            self.person,
            self.sheet,
            [],
            uuids,
            self.bests,
            self.routines,
            self.items,
            self.streak,
            self.recent,
            self.recent_bests,
            self.programs,
        )
        mine = ("uuid", "name", "muscle_group", "implement", "measure", "load")
        library = [
            {name: each[name] for name in mine} | {"muscles": each["primary_muscles"]}
            for each in self.exercises
        ]
        told["person"]["offsets"] = offsets(self.person.timezone, self.now)
        more = {"library": library, "used": {}, "plates": self.owned[0], "bars": self.owned[1]}
        state: dict[str, Any] = orjson.loads(orjson.dumps({**told, **more}))
        return state


def world(n: int) -> World:
    """The n-th one; every fifth has nothing yet."""
    persons, now = people(), NOWS[n % len(NOWS)]
    maker, is_first = Chronicler(n, now), n % 5 == 4
    person = persons[n % len(persons)] if n % 7 else persons[0]
    exercises = [maker.exercise(id) for id in range(1, 1 + n % 6)]
    sheet = None if is_first else maker.sheet(exercises, ended=n % 4 == 3)
    routines, items = maker.routines(0 if is_first else n % 9)
    recent = maker.pasts(0 if is_first else n % 4)
    bests = maker.bests(sheet) if sheet else []
    return World(
        person=person,
        now=now,
        exercises=exercises,
        sheet=sheet,
        bests=bests,
        routines=routines,
        items=items,
        streak=maker.streak(person),
        recent=recent,
        recent_bests={each.id: bests[:2] for each in recent if each.sets},
        owned=OWNED[n % len(OWNED)],
    )


class Chronicler(Maker):
    """Makes what lies around a workout, too."""

    def bests(self, sheet: Sheet) -> list[Best]:
        """Some of the sets done are bests of some kind, in the order of exercises and kinds."""
        pairs = [(item, each) for item in sheet.items for each in item.done]
        return [self.best(item, each) for item, each in pairs if self.chance.random() < 0.2]

    def best(self, item: SheetItem, each: SheetSet) -> Best:
        made = replace(as_measured(item, each), reps=each.reps or 3, grams=each.weight_grams or 1)
        before = replace(made, when=self.now - timedelta(days=self.one((10, 400))))
        kind, unit = self.one(KINDS), self.one((None, "kg", "lb"))
        unit = self.one(FAR_UNITS) if kind == "distance" else unit
        name, uuid = item.exercise_name, UUID(each.uuid)
        return Best(kind, 9, item.exercise_id or 0, name, each.id, uuid, unit, made, before)

    def pasts(self, count: int) -> list[Past]:
        """Ended workouts, the newest first."""
        starts = [self.ago(86400 * self.one((1, 3, 9)) * (n + 1)) for n in range(count)]
        return [self._past(n, start) for n, start in enumerate(sorted(starts, reverse=True))]

    def _past(self, n: int, start: datetime) -> Past:
        facts: dict[str, Any] = dict.fromkeys(each.name for each in fields(Past))
        facts |= {"id": n, "uuid": self.uuid(), "name": self.one(NAMES), "status": "finished"}
        facts |= {"started_at": start, "ended_at": start + timedelta(minutes=self.one((0, 58, 64)))}
        day = start.date() - timedelta(days=self.one((0, 400)))
        facts |= {"local_date": day, "total": 9, "done": 8, "created_at": start}
        facts |= {"sets": self.one((0, 1, 17)), "grams": self.one((0, 499, 12500, 8420750))}
        return Past(**facts)

    def streak(self, person: Caller) -> Streak:
        """Some weeks in a row, and the days of this week."""
        today = today_of(person.timezone, self.now)
        first = week_of(today, person.first_day_of_week)
        days: dict[date, int] = {}
        if self.chance.random() < 0.6:
            days = {today: 1, first: self.one((1, 2))}
        weeks = self.one((0, 0, 1, 6)) + bool(days)
        return Streak(weeks, today, first, days, ever=weeks > 0 or self.chance.random() < 0.5)

    def routines(self, count: int) -> tuple[list[dict[str, Any]], dict[int, list[dict[str, Any]]]]:
        """Rows of routines with rows of their items."""
        rows = [
            {
                "id": n,
                "uuid": self.uuid(),
                "name": self.one(NAMES),
                "program": self.one((None, "full-body")),
                "last_done_at": self.maybe(self.ago(86400 * self.one((0.5, 1, 4, 20)) + n)),
            }
            for n in range(count)
        ]
        items = [{"kind": self.one(("exercise", "rest")), "name": name} for name in NAMES[:3]]
        return rows, {each["id"]: items for each in rows if self.chance.random() < 0.8}
