"""What people are shown of their places to train, and of taking their data along."""

from collections.abc import Sequence
from typing import Any

from webapp.training.plates import of_place
from webapp.views.accounts import page, stocks
from webapp.views.text import count_of

HERE = "/settings/locations"


def locations(found: Sequence[Any], routines: dict[int, list[str]]) -> dict[str, Any]:
    """The places by name, each with what happens there."""
    return page("Places", places=[_listed(each, routines.get(each.id, [])) for each in found])


def _listed(place: Any, routines: Sequence[str]) -> dict[str, Any]:
    facts = [place.address or "", "own plates" if place.plates or place.bars else ""]
    facts += [", ".join(routines)]
    return {
        "url": f"{HERE}/{place.uuid}",
        "name": place.name,
        "sub": " · ".join(fact for fact in facts if fact),
    }


def location(found: Any, routines: dict[int, list[str]]) -> dict[str, Any]:
    """One place: its name and address, its plates, how to delete it."""
    return page(
        found.name,
        HERE,
        url=f"{HERE}/{found.uuid}",
        values={name: getattr(found, name) or "" for name in ("name", "address", "notes")},
        has_plates=bool(found.plates or found.bars),
        routines=routines.get(found.id, []),
    )


def location_plates(found: Any, account: Any) -> dict[str, Any]:
    """The plates and bars of a place; before it has its own, those of the account."""
    plates, bars = of_place(account.plates, found.plates), of_place(account.bars, found.bars)
    return page(
        f"Plates in {found.name}",
        f"{HERE}/{found.uuid}",
        action=f"{HERE}/{found.uuid}/plates",
        has_own=bool(found.plates or found.bars),
        units=stocks(plates, bars, account.weight_unit),
    )


def settings_export(amounts: dict[str, int], base: str) -> dict[str, Any]:
    """What there is to take along, and how."""
    told = [count_of(amounts[noun], noun[:-1]) for noun in ("workouts", "sets", "routines")]
    return page("Export", told=told, base=base)
