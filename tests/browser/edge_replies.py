"""What the gym flow is asked for in a made-up world, and the view models that the server makes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from tests.browser.edge_worlds import World
from webapp import views
from webapp.history.listing import Past
from webapp.history.totals import worked
from webapp.training import equipment
from webapp.training.change import Change
from webapp.training.lines import Sheet, SheetItem
from webapp.training.turn import turn

KEY = "a-key"
TOASTS: tuple[dict[str, str] | None, ...] = (
    None,
    {"text": "Set removed", "undo_action": "/session/sets/1/restore"},
    {"text": 'Kept <in> the "routine"', "undo_action": ""},
)
MADE = "completed_at"
MOMENT = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
# What was otherwise of a set before the tap on it.
WERE: tuple[dict[str, Any], ...] = (
    {MADE: None},
    {MADE: MOMENT, "weight": "42.5", "weight_unit": "kg", "weight_grams": 42_500, "reps": 3},
    {MADE: None, "weight": None, "weight_grams": None, "reps": None},
    {"set_type": "warm_up"},
    {},
)


@dataclass
class Reply:
    """A reply's name, the facts that the phone is given (items and sets by UUID), and the
    server's view model of it."""

    name: str
    facts: dict[str, Any]
    view: dict[str, Any]
    is_page: bool = False

    @property
    def asked(self) -> dict[str, Any]:
        return {"name": self.name, "facts": self.facts}


def replies(world: World) -> Iterator[Reply]:
    """All that fits this world."""
    yield _today(world)
    if world.sheet is None:
        return
    yield from _of_workout(world, world.sheet)
    for n, item in enumerate(world.sheet.items):
        yield from _of_item(world, world.sheet, item, bool(n % 2))


def _today(world: World) -> Reply:
    running = _running(world.sheet) if world.sheet else None
    view = views.today(
        running,
        world.recent,
        world.recent_bests,
        world.routines,
        world.items,
        world.streak,
        world.programs,
        world.person,
    )
    return Reply("today", {}, view, is_page=True)


def _running(sheet: Sheet) -> Past:
    facts: dict[str, Any] = dict.fromkeys(Past.__dataclass_fields__)
    facts |= {"total": len(sheet.sets), "done": sum(each.is_done for each in sheet.sets)}
    return Past(**facts | {"name": sheet.name, "started_at": sheet.started_at})


def _of_workout(world: World, sheet: Sheet) -> Iterator[Reply]:
    person, bests = world.person, world.bests
    toast = TOASTS[sheet.version % len(TOASTS)]
    keyed = toast and {**toast, "key": KEY}
    yield Reply("session", {}, views.session(sheet, bests, person), is_page=True)
    yield Reply("rest_timer", {}, views.rest_timer(sheet, person))
    opened = sheet.items[-1].uuid if sheet.items else ""
    view = views.cards_changed(sheet, bests, person, opened, keyed)
    yield Reply("cards_changed", {"opened": opened, "toast": toast}, view)
    yield Reply("finish", {}, views.finish(sheet, person), is_page=True)
    view = views.summary(sheet, bests, _muscles(world, sheet), world.streak, person)
    yield Reply("summary", {"pbs": world.state["pbs"]}, view, is_page=True)


def _muscles(world: World, sheet: Sheet) -> list[tuple[str, int]]:
    """As `totals.sets_by_muscle` counts them, whose exercises are rows of the database."""
    known = {each["id"]: each["primary_muscles"] for each in world.exercises}
    amounts: dict[str, int] = {}
    for item, _ in worked(sheet.items):
        for muscle in known.get(item.exercise_id or 0) or [item.muscle_group]:
            amounts[muscle] = amounts.get(muscle, 0) + 1
    return sorted(amounts.items(), key=lambda pair: (-pair[1], pair[0]))


def _of_item(world: World, sheet: Sheet, item: SheetItem, is_part: bool) -> Iterator[Reply]:
    person, named = world.person, {"item": item.uuid, "is_part": is_part}

    def sheet_of(name: str, view: dict[str, Any], **more: Any) -> Reply:
        return Reply(name, {**named, **more}, view, is_page=not is_part)

    yield sheet_of("item_edit", views.item_edit(item, person, is_part))
    ramp = equipment.ramp_of(person, item, world.owned[1])
    yield sheet_of("warm_ups", views.warm_ups(item, ramp, person, is_part))
    if item.kind != "rest":
        for asked in ({}, {"weight": "61.50", "bar": "12.5"}):
            said = {name: Decimal(value) for name, value in asked.items()}
            loaded = equipment.loaded(person, item, world.owned, **said)
            yield sheet_of("plate_sheet", views.plate_sheet(item, loaded, is_part), **asked)
    for each in item.sets:
        view = views.set_edit(item, each, world.bests, person, is_part)
        yield Reply("set_edit", {"set": each.uuid, "is_part": is_part}, view, not is_part)
    yield from _logged(world, sheet, item)


def _logged(world: World, sheet: Sheet, item: SheetItem) -> Iterator[Reply]:
    following = turn(sheet)
    others = [following] if following is not None and following is not item else []
    facts = {"item": item.uuid, "others": [each.uuid for each in others]}
    for stays in (True, False):
        change = Change(sheet, item, item.sets[0] if item.sets else None, others)
        view = views.logged(change, world.bests, world.person, stays)
        yield Reply("logged", {**facts, "stays": stays}, view)
    for n, each in enumerate(item.sets):
        was = WERE[(n + sheet.version) % len(WERE)]
        change = Change(sheet, item, each, others, replace(each, **was))
        view = views.logged(change, world.bests, world.person, bool(n % 2))
        told = {**was, MADE: MOMENT.isoformat()} if was.get(MADE) else was
        yield Reply("logged", {**facts, "set": each.uuid, "was": told, "stays": bool(n % 2)}, view)
