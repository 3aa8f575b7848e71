"""Made-up people and workouts, the same at every run: what a view of the gym flow may meet."""

import random
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from webapp.auth import Caller
from webapp.models.exercises import IMPLEMENTS, MUSCLE_GROUPS
from webapp.models.fields import grams, millimetres
from webapp.training.lines import PastSet, Sheet, SheetItem, SheetSet

NOWS = (
    datetime(2026, 11, 21, 17, 45, 12, 345000, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 59, 59, 999000, tzinfo=UTC),  # an hour before the clocks go on
    datetime(2027, 1, 1, 4, 30, tzinfo=UTC),  # still last year in the west
    datetime(2026, 6, 1, 22, 10, 0, 1000, tzinfo=UTC),  # tomorrow in the east
)
ZONES = ("Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Auckland", "UTC")
NAMES = (
    "Squat (Barbell)",
    "Bankdrücken & Überzüge",
    """<script>alert("it's")</script>""",
    'O’Brien\'s "row" \\ `tick` ${v.card} {{ 7 * 7 }}',
    "懸垂 🏋️",
)
NOTES = (None, None, "Füße fest & <b>tief</b>\nzwei Zeilen", 'it\'s "heavy"', "  spaces  ")
WEIGHTS = ("0", "2.5", "20", "42.5", "80", "82.25", "100", "225", "1234.75")
UNITS = ("kg", "lb")
FAR_UNITS = ("m", "km", "mi", "yd")
BANDS = (None, None, "red", "black", "teal")


def people() -> list[Caller]:
    """One person for each mixture of zone, units and habits."""
    return [
        Caller(
            user_id=1,
            user_uuid=UUID(int=1),
            username="ann",
            email=None,
            name=None,
            first_name="Ann",
            is_admin=False,
            timezone=zone,
            weight_unit=UNITS[n % 2],
            distance_unit=("km", "mi")[n // 2 % 2],
            theme="auto",
            first_day_of_week=(1, 7, 6)[n % 3],
            default_rest_seconds=120,
            rest_timer_on=True,
            timer_sound=True,
            rpe_on=n % 2 == 1,
        )
        for n, zone in enumerate(ZONES)
    ]


class Maker:
    """Makes rows by chance; the n-th thing has the n-th UUID and integer id."""

    def __init__(self, seed: int, now: datetime) -> None:
        self.chance, self.now, self.made = random.Random(seed), now, 1000 * (seed + 1)

    def uuid(self) -> str:
        self.made += 1
        return str(UUID(int=self.made << 80 | self.made))

    def one(self, values: Sequence[Any]) -> Any:
        return self.chance.choice(values)

    def maybe(self, value: Any, share: float = 0.5) -> Any:
        """The value, or None."""
        return value if self.chance.random() < share else None

    def ago(self, seconds: float) -> datetime:
        return self.now - timedelta(milliseconds=int(seconds * 1000))

    def exercise(self, id: int) -> dict[str, Any]:
        """A row of the library."""
        measure = self.one(("reps", "reps", "reps", "duration", "distance"))
        return {
            "id": id,
            "uuid": self.uuid(),
            "name": self.one(NAMES),
            "muscle_group": self.one(MUSCLE_GROUPS),
            "implement": self.one(IMPLEMENTS),
            "measure": measure,
            "load": self.one(("external", "external", "bodyweight", "assisted", "none")),
            "primary_muscles": self.one((["quads"], ["front_delts", "triceps"], [])),
        }

    def sheet(self, exercises: Sequence[dict[str, Any]], ended: bool = False) -> Sheet:
        """A workout of some of these exercises, in progress or ended."""
        started = self.ago(self.one((3, 59.999, 1800, 3725, 9000)))
        sheet = _blank(Sheet, id=9, uuid=self.uuid(), user_id=1, name=self.one(NAMES))
        sheet.started_at, sheet.local_date = started, started.date()
        sheet.status, sheet.version = "in_progress", self.chance.randrange(1, 99)
        sheet.routine_uuid = self.maybe(self.uuid())
        sheet.items = [self.item(each, n) for n, each in enumerate(exercises, 1)]
        self._group(sheet.items)
        self.log_some(sheet, self.one((0, 0.3, 0.7, 1)))
        self._rest(sheet)
        if ended:
            sheet.status, sheet.ended_at = "finished", self.now
            sheet.rating, sheet.notes = self.maybe(self.chance.randrange(1, 6)), self.one(NOTES)
        return sheet

    def _group(self, items: list[SheetItem]) -> None:
        for item in items:
            item.superset = self.one((None, None, 1, 2))

    def _rest(self, sheet: Sheet) -> None:
        kind = self.one(("none", "runs", "pauses", "over", "long over"))
        if kind == "none":
            return
        ends = {"runs": -61.5, "over": 7, "long over": 99}.get(kind, -30)
        sheet.rest_ends_at = self.ago(ends)
        sheet.rest_started_at = sheet.rest_ends_at - timedelta(seconds=self.one((90, 600, 3600)))
        sheet.rest_left_seconds = 42 if kind == "pauses" else None

    def item(self, exercise: dict[str, Any], position: int) -> SheetItem:
        """An exercise, sometimes a cardio block or a timed rest."""
        kind = self.one(("exercise",) * 6 + ("cardio", "rest"))
        same = {name: exercise[name] for name in ("muscle_group", "implement", "measure", "load")}
        item = _blank(SheetItem, id=position, uuid=self.uuid(), position=position, **same)
        item.kind, item.exercise_name = kind, "" if kind == "rest" else exercise["name"]
        item.exercise_id, item.exercise_uuid = exercise["id"], exercise["uuid"]
        item.body_part, item.modality, item.version = "other", "barbell", 3
        item.status = self.one(("pending", "active", "finished"))
        item.rest_seconds, item.note = self.one((None, 0, 45, 100, 150)), self.one(NOTES)
        item.exercise_increment_kg, item.exercise_increment_lb = "2.5", self.maybe("5")
        item.weight_unit, item.increment = self.one((None, None, "kg", "lb")), self.maybe("1.25")
        item.bar_weight = self.maybe("15")
        item.routine_item_uuid = self.maybe(self.uuid(), 0.8)
        if kind == "rest":
            item.exercise_id = item.exercise_uuid = None
            return item
        item.plan = self.plan(exercise["id"])
        item.last = [self.past(exercise["id"]) for _ in range(self.one((0, 2, 4)))]
        item.sets = [self.set(item, n) for n in range(1, self.one((1, 2, 4, 6)))]
        return item

    def plan(self, exercise_id: int) -> dict[str, Any]:
        """What a routine said, or nothing."""
        said: dict[str, Any] = {"sets": 3, "warm_up_sets": self.maybe(1), "rest": 100}
        said |= {"reps_min": self.maybe(8), "reps_max": self.one((None, 8, 12))}
        said |= {"weight": self.maybe(self.one(WEIGHTS)), "weight_unit": self.one(UNITS)}
        said |= {"duration_seconds": self.maybe(90, 0.2), "exercise_id": exercise_id}
        said |= {"distance": self.maybe("2.5", 0.2), "distance_unit": self.one(FAR_UNITS)}
        said |= {"advice": self.maybe("3×8 done last time: +2.5 kg", 0.3)}
        said |= {"is_closed": self.maybe(True, 0.1), "rest_seconds": self.maybe(100)}
        known = {name: value for name, value in said.items() if value is not None}
        return self.one((known, known, {"exercise_id": exercise_id}))

    def numbers(self) -> dict[str, Any]:
        """What may be entered in a set."""
        weight, far = self.maybe(self.one(WEIGHTS), 0.8), self.maybe(self.one(("5", "0.75")), 0.5)
        return {
            "reps": self.maybe(self.chance.randrange(0, 20), 0.8),
            "weight": weight,
            "weight_unit": weight and self.one(UNITS),
            "duration_seconds": self.maybe(self.one(("45", "90.5", "3725")), 0.4),
            "distance": far,
            "distance_unit": far and self.one(FAR_UNITS),
            "band": self.one(BANDS),
            "rpe": self.maybe(self.one(("8", "9.5", "5.5")), 0.3),
        }

    def past(self, exercise_id: int) -> PastSet:
        """A set of last time."""
        kind, at = self.one(("working", "working", "warm_up")), self.ago(86400 * 3)
        return PastSet(exercise_id=exercise_id, set_type=kind, completed_at=at, **self.numbers())

    def set(self, item: SheetItem, position: int) -> SheetSet:
        """A set that is planned, entered before it is done, or blank."""
        kind = "warm_up" if position == 1 and self.chance.random() < 0.4 else "working"
        each = _blank(SheetSet, id=position, uuid=self.uuid(), position=position, set_type=kind)
        each.item_id, each.exercise_id, each.version = item.id, item.exercise_id, 2
        low = self.maybe(self.chance.randrange(1, 12), 0.6)
        high = low and self.maybe(low + self.one((0, 4, 9)))
        each.planned_reps, each.planned_reps_max = low, high
        each.planned_weight = self.maybe(self.one(WEIGHTS), 0.4)
        each.planned_weight_unit = each.planned_weight and self.one(UNITS)
        each.planned_seconds = self.maybe(75, 0.2)
        each.notes = self.one(NOTES)
        if self.chance.random() < 0.3:
            self.enter(each)
        return each

    def enter(self, each: SheetSet) -> None:
        """Write numbers onto a set."""
        for name, value in self.numbers().items():
            setattr(each, name, value)
        each.forced_reps = self.maybe(2, 0.2)
        each.weight_grams = grams(each.weight, each.weight_unit)
        each.distance_mm = millimetres(each.distance, each.distance_unit)

    def log_some(self, sheet: Sheet, share: float) -> None:
        """Log sets from the first on, now and then one out of turn."""
        for n, each in enumerate(sheet.sets):
            if self.chance.random() < share:
                self.enter(each)
                each.completed_at = sheet.started_at + timedelta(milliseconds=17 * n)


def _blank(kind: Any, **known: Any) -> Any:
    """One of these lines with nothing in it but what is known."""
    empty = {each.name: None for each in fields(kind)}
    listed: dict[str, Any] = {"items": [], "sets": [], "last": [], "plan": {}}
    return kind(**{**empty, **{n: v for n, v in listed.items() if n in empty}, **known})
