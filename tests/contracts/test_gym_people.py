"""`gym`, companions: Users, Locations, UserPreferences."""

from datetime import datetime
from typing import Any

import pytest
from quart import Quart, Response

from tests.support.gym_api import begun, lift, made, place, refused, sets_of, shown, template
from tests.support.world import Person
from webapp.models import BodyWeight, Location, LoginSession, User

CARL: dict[str, Any] = {
    "firstName": "Carl",
    "lastName": "Carlson",
    "email": "carl@example.org",
    "password": "a long enough sentence",
}
LOCATION = (
    *("id", "name", "instagramHandle", "latitude", "longitude", "notes", "address", "created"),
    "lastModified",
)


async def say(app: Quart, path: str, body: Any, **headers: str) -> Response:
    """A request of nobody in particular."""
    client: Any = app.test_client(use_cookies=False)
    return await client.post(f"/api/{path}", json=body, headers=headers)


async def login(app: Quart) -> dict[str, Any]:
    said = {"email": CARL["email"], "password": CARL["password"]}
    answer = await say(app, "Users/login", said)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    body: dict[str, Any] = await answer.get_json()
    return body


async def with_token(app: Quart, token: str, path: str = "Workouts") -> int:
    client: Any = app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {token}"}
    status: int = (await client.get(f"/api/{path}", headers=headers)).status_code
    return status


# /api/Users


async def test_register_answers_with_nothing(app: Quart) -> None:
    answer = await say(app, "Users/register", {**CARL, "age": 30})
    assert answer.status_code == 200
    assert await answer.get_data() == b""
    carl = await User.get(email="carl@example.org")
    assert (carl.first_name, carl.last_name, carl.age) == ("Carl", "Carlson", 30)


async def test_a_registration_said_again_with_its_key_is_one(app: Quart) -> None:
    for _ in range(2):
        answer = await say(app, "Users/register", CARL, **{"Idempotency-Key": "carl-1"})
        assert answer.status_code == 200
    await refused(await say(app, "Users/register", CARL), 400, "Email")
    assert await User.filter(email="carl@example.org").count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"firstName": ""}, "FirstName"),
        ({"firstName": "x" * 101}, "FirstName"),
        ({"lastName": None}, "LastName"),
        ({"email": "nobody"}, "Email"),
        ({"email": f"{'x' * 250}@example.org"}, "Email"),
        ({"email": 5}, "Email"),
        ({"password": "short"}, "Password"),
        ({"password": None}, "Password"),
        ({"age": -1}, "Age"),
        ({"age": 151}, "Age"),
        ({"age": True}, "Age"),
        ({"age": 2**63}, "Age"),
    ],
)
async def test_an_account_that_cannot_be_is_refused(
    app: Quart, said: dict[str, Any], field: str
) -> None:
    await refused(await say(app, "Users/register", {**CARL, **said}), 400, field)
    assert not await User.exists()


async def test_login_hands_out_tokens_pinned_to_gym(app: Quart) -> None:
    await say(app, "Users/register", CARL)
    body = await login(app)
    assert set(body) == {"tokenType", "accessToken", "expiresIn", "refreshToken"}
    assert (body["tokenType"], body["expiresIn"]) == ("Bearer", 900)
    assert (await LoginSession.get()).contract == "gym"
    assert await with_token(app, body["accessToken"]) == 200
    assert await with_token(app, body["accessToken"], "v1/workouts") == 200


@pytest.mark.parametrize("said", [{"password": "not the password"}, {"email": "dave@example.org"}])
async def test_a_wrong_login_is_unauthorized(app: Quart, said: dict[str, Any]) -> None:
    await say(app, "Users/register", CARL)
    whole = {"email": CARL["email"], "password": CARL["password"], **said}
    await refused(await say(app, "Users/login", whole), 401)
    await refused(await say(app, "Users/login", {}), 400, "Email", "Password")


async def test_refresh_spends_the_token_and_its_second_use_ends_the_login(app: Quart) -> None:
    await say(app, "Users/register", CARL)
    first = await login(app)
    answer = await say(app, "Users/refresh", {"refreshToken": first["refreshToken"]})
    assert answer.status_code == 200
    second = await answer.get_json()
    assert set(second) == set(first)
    assert await with_token(app, second["accessToken"]) == 200
    again = await say(app, "Users/refresh", {"refreshToken": first["refreshToken"]})
    await refused(again, 401)
    for token in (first["accessToken"], second["accessToken"]):
        assert await with_token(app, token) == 401


async def test_a_refresh_token_that_is_none_is_refused(app: Quart) -> None:
    for token in ("x", "x" * 4096):
        await refused(await say(app, "Users/refresh", {"refreshToken": token}), 401)
    for said in ({}, {"refreshToken": None}, {"refreshToken": "x" * 4097}, {"refreshToken": 1}):
        await refused(await say(app, "Users/refresh", said), 400, "RefreshToken")


async def test_small_letters_are_forgiven(app: Quart) -> None:
    assert (await say(app, "users/register", CARL)).status_code == 200
    said = {"email": CARL["email"].upper(), "password": CARL["password"]}
    assert (await say(app, "users/login", said)).status_code == 200
    await refused(await say(app, "users/login", {}), 400, "Email", "Password")


# /api/Locations


async def test_a_location_is_made_and_shown(ann: Person) -> None:
    said = {
        "name": "Iron Works Gym",
        "instagramHandle": "@ironworks",
        "latitude": 47.606209,
        "longitude": -122.332071,
        "notes": "Chalk is allowed",
        "address": "1 Pike Place",
    }
    id = await made(await ann.json("POST", "/api/Locations", said))
    body = await shown(ann, f"/api/Locations/{id}")
    assert tuple(body) == LOCATION
    assert await shown(ann, "/api/Locations") == [body]
    times = [datetime.fromisoformat(body.pop(name)) for name in ("created", "lastModified")]
    assert all(when.tzinfo for when in times)
    assert body == {"id": id, **said}


async def test_locations_are_listed_by_name(ann: Person, bob: Person) -> None:
    assert await shown(ann, "/api/Locations") == []
    for name in ("beta", "Alpha", "Gamma"):
        await place(ann, name)
    await place(bob)
    names = [each["name"] for each in await shown(ann, "/api/Locations")]
    assert names == ["Alpha", "beta", "Gamma"]


async def test_a_location_is_changed_and_absent_is_unchanged(ann: Person) -> None:
    id = await place(ann, notes="Chalk", latitude=1.5)
    path = f"/api/Locations/{id}"
    before = await shown(ann, path)
    assert (await ann.json("PUT", path, {"id": id, "longitude": 2.25})).status_code == 204
    after = await shown(ann, path)
    assert after["lastModified"] > before["lastModified"]
    changed = {"longitude": 2.25, "lastModified": after["lastModified"]}
    assert after == {**before, **changed}
    nothing = dict.fromkeys(["notes", "latitude", "longitude"])
    assert (await ann.json("PUT", path, {"name": "Home", **nothing})).status_code == 204
    after = await shown(ann, path)
    assert (after["name"], after["notes"], after["latitude"]) == ("Home", None, None)


async def test_a_deleted_location_is_gone_and_templates_have_none(ann: Person) -> None:
    id = await place(ann)
    plan = await template(ann, locationId=id)
    assert (await ann.json("DELETE", f"/api/Locations/{id}")).status_code == 204
    await refused(await ann.json("DELETE", f"/api/Locations/{id}"), 404)
    body = await shown(ann, f"/api/WorkoutTemplates/{plan}")
    assert (body["locationId"], body["locationName"]) == (None, None)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "Name"),
        ({"name": "n" * 201}, "Name"),
        ({"name": None}, "Name"),
        ({"instagramHandle": "h" * 201}, "InstagramHandle"),
        ({"latitude": 90.001}, "Latitude"),
        ({"latitude": -90.001}, "Latitude"),
        ({"latitude": "NaN"}, "Latitude"),
        ({"latitude": True}, "Latitude"),
        ({"longitude": 180.001}, "Longitude"),
        ({"longitude": "-Infinity"}, "Longitude"),
        ({"longitude": []}, "Longitude"),
        ({"notes": "n" * 2001}, "Notes"),
        ({"address": "a" * 501}, "Address"),
        ({"address": "a\x00b"}, "Address"),
    ],
)
async def test_a_location_that_cannot_be_is_refused(
    ann: Person, said: dict[str, Any], field: str
) -> None:
    id = await place(ann)
    whole = {"name": "New", **said}
    await refused(await ann.json("POST", "/api/Locations", whole), 400, field)
    await refused(await ann.json("PUT", f"/api/Locations/{id}", whole), 400, field)
    assert [each["name"] for each in await shown(ann, "/api/Locations")] == ["Iron Works Gym"]


async def test_a_location_at_the_limits_is_taken(ann: Person) -> None:
    for latitude, longitude in ((90, 180), (-90, -180), (0, 0)):
        long = {"instagramHandle": "h" * 200, "notes": "n" * 2000, "address": "a" * 500}
        id = await place(ann, "n" * 200, latitude=latitude, longitude=longitude, **long)
        body = await shown(ann, f"/api/Locations/{id}")
        assert (body["latitude"], body["longitude"]) == (latitude, longitude)
        wrong = {"id": id + 1, "name": "X"}
        await refused(await ann.json("PUT", f"/api/Locations/{id}", wrong), 400, "Id")


async def test_anothers_location_is_not_found(ann: Person, bob: Person) -> None:
    id = await place(ann)
    for method, body in (("GET", None), ("PUT", {"name": "Bob's"}), ("DELETE", None)):
        await refused(await bob.json(method, f"/api/Locations/{id}", body), 404)
    row = await Location.get(id=id)
    assert row.name == "Iron Works Gym"
    await ann.json("PUT", f"/api/Locations/{id}", {"userId": bob.user.id, "user_id": bob.user.id})
    assert (await Location.get(id=id)).user_id == ann.user.id  # type: ignore[attr-defined]


# /api/UserPreferences


async def preferences(person: Person, **said: Any) -> Any:
    if said:
        answer = await person.json("PUT", "/api/UserPreferences", said)
        assert answer.status_code == 204, await answer.get_data(as_text=True)
    return await shown(person, "/api/UserPreferences")


async def test_preferences_read_back_as_they_were_said(ann: Person, bob: Person) -> None:
    usual = {"weightUnit": "Kg", "distanceUnit": "Kilometers", "bodyweight": None}
    assert await preferences(ann) == usual
    for unit in ("Miles", "Kilometers", "Meters", "Yards"):
        said = {"weightUnit": "Lbs", "distanceUnit": unit, "bodyweight": 180.4}
        assert await preferences(ann, **said) == said
    assert await preferences(ann, weightUnit=1, distanceUnit=0) == {
        "weightUnit": "Kg",
        "distanceUnit": "Miles",
        "bodyweight": 81.83,
    }
    assert await preferences(bob) == usual
    page = await (await ann.page("GET", "/settings")).get_data(as_text=True)
    assert "miles" in page


async def test_a_body_weight_said_again_is_no_new_entry_and_null_forgets(ann: Person) -> None:
    for _ in range(2):
        await preferences(ann, weightUnit="Lbs", bodyweight=180)
    await preferences(ann, weightUnit="Kg", bodyweight=81.65)
    assert await BodyWeight.filter(user_id=ann.user.id).count() == 1
    assert (await preferences(ann, bodyweight="82.1"))["bodyweight"] == 82.1
    rows = await BodyWeight.filter(user_id=ann.user.id).order_by("id")
    assert [(each.weight_unit, each.weight_grams) for each in rows] == [
        ("lb", 81647),
        ("kg", 82100),
    ]
    assert (await preferences(ann, bodyweight=None))["bodyweight"] is None
    assert not await BodyWeight.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"weightUnit": "Stone"}, "WeightUnit"),
        ({"weightUnit": None}, "WeightUnit"),
        ({"weightUnit": 2}, "WeightUnit"),
        ({"distanceUnit": "Feet"}, "DistanceUnit"),
        ({"distanceUnit": 4}, "DistanceUnit"),
        ({"bodyweight": -1}, "Bodyweight"),
        ({"bodyweight": 10001}, "Bodyweight"),
        ({"bodyweight": "NaN"}, "Bodyweight"),
    ],
)
async def test_preferences_that_cannot_be_are_refused(
    ann: Person, said: dict[str, Any], field: str
) -> None:
    before = await preferences(ann)
    whole = {"weightUnit": "Lbs", "distanceUnit": "Miles", "bodyweight": 1, **said}
    await refused(await ann.json("PUT", "/api/UserPreferences", whole), 400, field)
    assert await preferences(ann) == before


@pytest.mark.parametrize("unit", ["Meters", "Yards"])
async def test_the_pages_work_with_every_unit_of_distance(ann: Person, unit: str) -> None:
    await preferences(ann, distanceUnit=unit)
    id = await begun(ann)
    await lift(ann, id, distance=400)
    assert (await sets_of(ann, id))[1][0]["distanceUnit"] in ("Meters", "Yards", "Kilometers")
    for page in ("/", "/session", "/settings", "/workouts", "/exercises"):
        assert (await ann.page("GET", page)).status_code == 200
