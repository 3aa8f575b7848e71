"""The words of `live` for places to train, and for what there is to export."""

from collections.abc import Sequence
from typing import Any


def location(found: Any) -> dict[str, Any]:
    """GET /settings/locations/{id}: {id, name, address, notes, plates, bars}; plates and bars as
    in GET /settings/plates, null where the place has those of the account."""
    return {
        "id": str(found.uuid),
        "name": found.name,
        "address": found.address,
        "notes": found.notes,
        **location_plates(found),
    }


def locations(found: Sequence[Any]) -> list[dict[str, Any]]:
    """GET /settings/locations, by name."""
    return [location(each) for each in found]


def location_made(made: Any) -> dict[str, Any]:
    """POST /settings/locations → 201, and POST to one of them."""
    return location(made)


location_changed = location_made


def location_deleted() -> None:
    """204."""


def location_plates(found: Any) -> dict[str, Any]:
    """GET and POST /settings/locations/{id}/plates; `{"own": false}` gives them up."""
    return {"plates": found.plates, "bars": found.bars}


def settings_export(amounts: dict[str, int]) -> dict[str, Any]:
    """GET /settings/export: how much there is, and where the files are."""
    return {**amounts, "json": "/export.json", "csv": "/export.csv"}
