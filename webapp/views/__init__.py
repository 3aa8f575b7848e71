"""What people are shown: pure functions from facts to plain view models, one for each reply."""

from webapp.views.accounts import (
    account,
    devices,
    login,
    more,
    password,
    register,
    settings,
    settings_plates,
    token_issued,
    tokens,
)
from webapp.views.exercises import (
    exercise,
    exercise_edit,
    exercise_list,
    exercise_new,
    exercises,
)
from webapp.views.finish import finish
from webapp.views.flow import cards_changed, logged, rest_timer, session
from webapp.views.flow_sheets import exercise_picker, item_edit, plate_sheet, set_edit, warm_ups
from webapp.views.history import trash, workout, workouts
from webapp.views.past import past_item, past_set, workout_edit
from webapp.views.routine_items import (
    routine_add,
    routine_add_list,
    routine_item,
    routine_item_added,
)
from webapp.views.routines import (
    routine,
    routine_deleted,
    routine_edit,
    routine_item_removed,
    routine_items,
    routine_new,
    routines,
    routines_list,
    starters,
)
from webapp.views.summary import summary
from webapp.views.today import today

__all__ = [
    "account",
    "cards_changed",
    "devices",
    "exercise",
    "exercise_edit",
    "exercise_list",
    "exercise_new",
    "exercise_picker",
    "exercises",
    "finish",
    "item_edit",
    "logged",
    "login",
    "more",
    "password",
    "past_item",
    "past_set",
    "plate_sheet",
    "register",
    "rest_timer",
    "routine",
    "routine_add",
    "routine_add_list",
    "routine_deleted",
    "routine_edit",
    "routine_item",
    "routine_item_added",
    "routine_item_removed",
    "routine_items",
    "routine_new",
    "routines",
    "routines_list",
    "session",
    "set_edit",
    "settings",
    "settings_plates",
    "starters",
    "summary",
    "today",
    "token_issued",
    "tokens",
    "trash",
    "warm_ups",
    "workout",
    "workout_edit",
    "workouts",
]
