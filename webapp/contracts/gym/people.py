"""The words of `gym` for people: accounts, locations, preferences (its README, companions)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal, TypedDict

from pydantic import Field, StringConstraints

from webapp.contracts.gym.base import (
    DISTANCE_UNITS,
    WEIGHT_UNITS,
    DistanceUnit,
    DistanceUnitName,
    Form,
    MaybeId,
    Name,
    Notes,
    WeightUnit,
    WeightUnitName,
    amount,
    moment,
)
from webapp.forms.accounts import Email, Password, Secret
from webapp.forms.base import Blank, Text
from webapp.forms.numbers import MaybeWeight, Number
from webapp.models import Location, User

PersonName = Annotated[Text, StringConstraints(min_length=1, max_length=100)]
Age = Annotated[Annotated[int, Field(ge=0, le=150), Number] | None, Blank]
Handle = Annotated[Annotated[Text, Field(max_length=200)] | None, Blank]
Address = Annotated[Annotated[Text, Field(max_length=500)] | None, Blank]
Latitude = Annotated[
    Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False), Number] | None, Blank
]
Longitude = Annotated[
    Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False), Number] | None, Blank
]


class RegisterIn(Form):
    """POST /api/Users/register."""

    first_name: PersonName
    last_name: PersonName
    email: Email
    age: Age = None
    password: Password


class LoginIn(Form):
    """POST /api/Users/login."""

    login: Annotated[Text, StringConstraints(min_length=1, max_length=254)] = Field(alias="email")
    password: Secret


class RefreshIn(Form):
    """POST /api/Users/refresh."""

    refresh_token: Annotated[Text, StringConstraints(min_length=1, max_length=4096)]


class LocationIn(Form):
    """POST /api/Locations."""

    name: Name
    instagram_handle: Handle = None
    latitude: Latitude = None
    longitude: Longitude = None
    notes: Notes = None
    address: Address = None


class LocationEdit(LocationIn):
    """PUT /api/Locations/{id}; absent is unchanged, null clears all but the name."""

    id: MaybeId = None
    name: Name = ""


class PreferencesIn(Form):
    """PUT /api/UserPreferences; absent is unchanged, null clears the body weight, which is in the
    weight unit."""

    weight_unit: WeightUnit = "kg"
    distance_unit: DistanceUnit = "km"
    bodyweight: MaybeWeight = None


class AccessTokenResponse(TypedDict):
    """A pair of tokens; the access token is good for `expiresIn` seconds."""

    tokenType: Literal["Bearer"]
    accessToken: str
    expiresIn: int
    refreshToken: str


class LocationDto(TypedDict):
    """A place to train."""

    id: int
    name: str
    instagramHandle: str | None
    latitude: float | None
    longitude: float | None
    notes: str | None
    address: str | None
    created: str
    lastModified: str


class UserPreferencesDto(TypedDict):
    """How the person trains; `bodyweight` is in the weight unit."""

    weightUnit: WeightUnitName
    distanceUnit: DistanceUnitName
    bodyweight: float | None


def registered() -> None:
    """POST /api/Users/register → 200, empty."""


def logged_in(pair: Any) -> AccessTokenResponse:
    """POST /api/Users/login → 200."""
    return {
        "tokenType": "Bearer",
        "accessToken": pair.access_token,
        "expiresIn": pair.expires_in,
        "refreshToken": pair.refresh_token,
    }


def refreshed(pair: Any) -> AccessTokenResponse:
    """POST /api/Users/refresh → 200, a new pair."""
    return logged_in(pair)


def locations(found: Sequence[Location]) -> list[LocationDto]:
    """GET /api/Locations → 200, by name."""
    return [location(each) for each in found]


def location(found: Location) -> LocationDto:
    """GET /api/Locations/{id} → 200."""
    return {
        "id": found.id,
        "name": found.name,
        "instagramHandle": found.instagram_handle,
        "latitude": found.latitude,
        "longitude": found.longitude,
        "notes": found.notes,
        "address": found.address,
        "created": moment(found.created_at),
        "lastModified": moment(found.updated_at),
    }


def location_made(made: Location) -> int:
    """POST /api/Locations → 201, the new id."""
    id: int = made.id
    return id


def location_changed() -> None:
    """204: a location was changed or deleted."""


location_deleted = location_changed


def preferences(made: User, bodyweight: Decimal | None) -> UserPreferencesDto:
    """GET /api/UserPreferences → 200."""
    return {
        "weightUnit": WEIGHT_UNITS.theirs[made.weight_unit],  # type: ignore[typeddict-item]
        "distanceUnit": DISTANCE_UNITS.theirs[made.distance_unit],  # type: ignore[typeddict-item]
        "bodyweight": amount(bodyweight),
    }


def preferences_changed() -> None:
    """PUT /api/UserPreferences → 204."""
