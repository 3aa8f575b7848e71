"""Places to train: list, look at, make, change, delete."""

from typing import Any

from quart import Response

from webapp import auth, talk
from webapp.forms.ids import matching
from webapp.models import Location
from webapp.problems import not_found
from webapp.routing import gym


async def found(location: int) -> Location:
    """The caller's location. Raises Problem 404."""
    place = await Location.get_or_none(user_id=auth.me().user_id, id=location)
    if place is None:
        raise not_found("Location")
    return place


async def placed(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, with the name of the location, when one is. Raises Problem 404."""
    if "location_id" not in said:
        return said
    id = said["location_id"]
    return {**said, "location_name": (await found(id)).name if id is not None else None}


@gym.get("/Locations")
async def list_locations() -> Response:
    """The caller's locations by name."""
    places = await Location.filter(user_id=auth.me().user_id)
    ordered = sorted(places, key=lambda place: (place.name.casefold(), place.id))
    return await talk.reply("locations", found=ordered)


@gym.get("/Locations/<id:location>")
async def show_location(location: int) -> Response:
    """One location."""
    return await talk.reply("location", found=await found(location))


@gym.post("/Locations")
async def make_location() -> Response:
    """Make a location."""
    made = await Location.create(user_id=auth.me().user_id, **await talk.read("LocationIn"))
    place = {"Location": f"/api/Locations/{made.id}"}
    return await talk.reply("location_made", 201, headers=place, made=made)


@gym.put("/Locations/<id:location>")
async def edit_location(location: int) -> Response:
    """Change a location; absent stays."""
    place = await found(location)
    said = matching(await talk.read("LocationEdit"), id=location)
    await place.update_from_dict(said).save(update_fields=[*said, "updated_at"])
    return await talk.reply("location_changed")


@gym.delete("/Locations/<id:location>")
async def delete_location(location: int) -> Response:
    """Delete a location; workouts keep its name."""
    await (await found(location)).delete()
    return await talk.reply("location_deleted")
