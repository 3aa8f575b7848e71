"""Places to train: list, look at, make, change, delete, and which plates are there."""

from typing import Any
from uuid import UUID

from quart import Response

from webapp import auth, talk, toasts
from webapp.accounts import me
from webapp.forms.ids import matching
from webapp.models import Location, Routine
from webapp.problems import not_found
from webapp.routing import gym, or_again, pages

HERE = "/settings/locations"


async def found(location: int | UUID) -> Location:
    """The caller's location of that id or UUID. Raises Problem 404."""
    by: dict[str, Any] = {"uuid" if isinstance(location, UUID) else "id": location}
    place = await Location.get_or_none(user_id=auth.me().user_id, **by)
    if place is None:
        raise not_found("Location")
    return place


async def placed(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, with the name of the location, when one is. Raises Problem 404."""
    if "location_id" not in said:
        return said
    id = said["location_id"]
    return {**said, "location_name": (await found(id)).name if id is not None else None}


async def everywhere() -> list[Location]:
    """The caller's locations by name."""
    places = await Location.filter(user_id=auth.me().user_id)
    return sorted(places, key=lambda place: (place.name.casefold(), place.id))


async def _routines() -> dict[int, list[str]]:
    """The names of the routines that happen at each place."""
    mine = Routine.filter(user_id=auth.me().user_id, deleted_at=None, location_id__not_isnull=True)
    names: dict[int, list[str]] = {}
    for id, name in await mine.order_by("position", "id").values_list("location_id", "name"):
        names.setdefault(id, []).append(name)
    return names


@pages.get(HERE)
@gym.get("/Locations")
async def list_locations() -> Response:
    """The caller's locations by name."""
    return await talk.reply("locations", found=await everywhere(), routines=_routines)


@pages.get(f"{HERE}/<uuid:location>")
@gym.get("/Locations/<id:location>")
async def show_location(location: int | UUID) -> Response:
    """One location."""
    return await talk.reply("location", found=await found(location), routines=_routines)


@pages.post(HERE)
@gym.post("/Locations")
@or_again(list_locations)
async def make_location() -> Response:
    """Make a location."""
    made = await Location.create(user_id=auth.me().user_id, **await talk.read("LocationIn"))
    place = {"Location": f"/api/Locations/{made.id}"}
    to = f"{HERE}/{made.uuid}"
    return await talk.reply("location_made", 201, to=to, headers=place, made=made)


@pages.post(f"{HERE}/<uuid:location>")
@gym.put("/Locations/<id:location>")
@or_again(show_location)
async def edit_location(location: int | UUID) -> Response:
    """Change a location; absent stays."""
    place = await found(location)
    said = matching(await talk.read("LocationEdit"), id=place.id)
    await place.update_from_dict(said).save(update_fields=[*said, "updated_at"])
    toasts.leave("Saved")
    return await talk.reply("location_changed", to=HERE, made=place)


@pages.post(f"{HERE}/<uuid:location>/delete")
@gym.delete("/Locations/<id:location>")
async def delete_location(location: int | UUID) -> Response:
    """Delete a location; workouts keep its name."""
    place = await found(location)
    await place.delete()
    toasts.leave(f"{place.name} is deleted")
    return await talk.reply("location_deleted", to=HERE)


@pages.get(f"{HERE}/<uuid:location>/plates")
async def show_plates_there(location: UUID) -> Response:
    """The plates and bars of a place."""
    return await talk.reply("location_plates", found=await found(location), account=me)


@pages.post(f"{HERE}/<uuid:location>/plates")
@or_again(show_plates_there)
async def change_plates_there(location: UUID) -> Response:
    """Change the plates and bars of the units that were said; `own` false: as the account has."""
    place, said = await found(location), await talk.read("PlatesThere")
    own = said.pop("own", True)
    place.plates = {**(place.plates or {}), **said.get("plates", {})} if own else None
    place.bars = {**(place.bars or {}), **said.get("bars", {})} if own else None
    await place.save(update_fields=["plates", "bars", "updated_at"])
    toasts.leave("Saved")
    to = f"{HERE}/{location}"
    return await talk.reply("location_plates", to=to, found=place, account=me)
