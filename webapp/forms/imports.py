"""What may be said about an import: the file's name, units, and what its names mean."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from webapp.forms.accounts import Flag
from webapp.forms.base import Form, Text
from webapp.forms.numbers import WeightUnit

Key = Annotated[Text, Field(max_length=200)]
Meant = Annotated[Text, Field(max_length=40)]


class UploadQuery(Form):
    """The name of a file that is sent as the body itself."""

    name: Annotated[Text, Field(max_length=255)] = ""


class ImportIn(Form):
    """Decisions about an import; absent stays.

    `names` says what a name of the file means (or its number in the preview): the UUID of an
    exercise, "new" or "skip". A form says it as fields: names.0=new. `differing`: import workouts,
    too, that are there with other sets. `find` is the name to look for an exercise for.
    """

    weight_unit: WeightUnit = "kg"
    distance_unit: Literal["km", "mi", "m"] = "km"
    differing: Flag = False
    names: dict[Key, Meant] = Field(default_factory=dict, max_length=1000)
    find: Annotated[Text, Field(max_length=8)] = ""

    @model_validator(mode="before")
    @classmethod
    def _from_fields(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        dotted = {key[6:]: said for key, said in data.items() if key.startswith("names.")}
        return {**data, "names": dotted} if dotted else data


class FindQuery(Form):
    """A search for the exercise that a name of an import means."""

    name: Annotated[Text, Field(max_length=8)] = ""
    q: Annotated[Text, Field(max_length=200)] = ""
