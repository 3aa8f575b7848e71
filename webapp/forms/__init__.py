"""What may be said, in our own words; a contract's forms are these under other names."""

from webapp.forms.accounts import (
    DeleteAccountIn,
    LinkIn,
    LoginIn,
    NextIn,
    PasswordIn,
    RegisterIn,
    SettingsIn,
    TokenIn,
    UserIn,
)
from webapp.forms.base import Blank, Form, Text, check
from webapp.forms.exercises import (
    ExerciseEdit,
    ExerciseIn,
    LibraryQuery,
    NewExercise,
    SettingIn,
)
from webapp.forms.plates import PlatesIn
from webapp.forms.routines import (
    OrderIn,
    RoutineCopy,
    RoutineEdit,
    RoutineIn,
    RoutineItemEdit,
    RoutineItemIn,
)
from webapp.forms.sets import (
    Chosen,
    ExerciseStart,
    Finish,
    Made,
    PlatesQuery,
    SessionItemEdit,
    SessionStart,
    SetIn,
)
from webapp.forms.workouts import PastEdit, PastMoments, PastQuery, PastSet, SaveAs

__all__ = [
    "Blank",
    "Chosen",
    "DeleteAccountIn",
    "ExerciseEdit",
    "ExerciseIn",
    "ExerciseStart",
    "Finish",
    "Form",
    "LibraryQuery",
    "LinkIn",
    "LoginIn",
    "Made",
    "NewExercise",
    "NextIn",
    "OrderIn",
    "PasswordIn",
    "PastEdit",
    "PastMoments",
    "PastQuery",
    "PastSet",
    "PlatesIn",
    "PlatesQuery",
    "RegisterIn",
    "RoutineCopy",
    "RoutineEdit",
    "RoutineIn",
    "RoutineItemEdit",
    "RoutineItemIn",
    "SaveAs",
    "SessionItemEdit",
    "SessionStart",
    "SetIn",
    "SettingIn",
    "SettingsIn",
    "Text",
    "TokenIn",
    "UserIn",
    "check",
]
