"""What is asked of progress: which days."""

from typing import Literal

from pydantic import Field

from webapp.forms.base import Form
from webapp.forms.workouts import Day


class ProgressQuery(Form):
    """The days to look at: the last 4 weeks, 3 months, year, all, or `from` and `to` a date, in
    either order; and whether all records are wanted."""

    range: Literal["4w", "3m", "1y", "all"] = "3m"
    first: Day = Field(default=None, validation_alias="from")
    last: Day = Field(default=None, validation_alias="to")
    records: Literal["", "all"] = ""
