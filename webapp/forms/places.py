"""What may be said about places to train."""

from typing import Annotated

from pydantic import Field

from webapp.forms.accounts import Flag
from webapp.forms.base import Blank, Form, Text
from webapp.forms.plates import PlatesIn

Name = Annotated[Text, Field(min_length=1, max_length=200)]
Address = Annotated[Annotated[Text, Field(max_length=500)] | None, Blank]
Prose = Annotated[Annotated[Text, Field(max_length=2000)] | None, Blank]


class LocationIn(Form):
    """A place to train."""

    name: Name
    address: Address = None
    notes: Prose = None


class LocationEdit(LocationIn):
    """What to change of a place; absent stays."""

    name: Name = ""


class PlatesThere(PlatesIn):
    """The plates and bars of a place as in `PlatesIn`; `own` false: those of the account."""

    own: Flag = True
