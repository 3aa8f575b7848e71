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
from webapp.views.body import body, body_edit
from webapp.views.calendar import calendar
from webapp.views.changes import logged
from webapp.views.exercise_detail import exercise
from webapp.views.exercises import (
    exercise_edit,
    exercise_list,
    exercise_new,
    exercises,
)
from webapp.views.finish import finish
from webapp.views.flow import cards_changed, rest_timer, session
from webapp.views.flow_sheets import exercise_picker, item_edit, plate_sheet, set_edit, warm_ups
from webapp.views.history import trash, workout
from webapp.views.imports import (
    import_batch,
    import_exercise,
    import_exercise_list,
    import_progress,
    imports,
)
from webapp.views.merges import exercise_favourite, exercise_merge
from webapp.views.past import (
    past_add,
    past_add_list,
    past_item,
    past_items,
    past_set,
    workout_edit,
)
from webapp.views.places import location, location_plates, locations, settings_export
from webapp.views.progress import stats
from webapp.views.ringing import ring
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
from webapp.views.shared import shared_workout, workout_share
from webapp.views.summary import summary
from webapp.views.today import today
from webapp.views.webhooks import webhook, webhook_made, webhooks
from webapp.views.workout_list import workout_list, workouts, workouts_filter

__all__ = [
    "account",
    "body",
    "body_edit",
    "calendar",
    "cards_changed",
    "devices",
    "exercise",
    "exercise_edit",
    "exercise_favourite",
    "exercise_list",
    "exercise_merge",
    "exercise_new",
    "exercise_picker",
    "exercises",
    "finish",
    "import_batch",
    "import_exercise",
    "import_exercise_list",
    "import_progress",
    "imports",
    "item_edit",
    "location",
    "location_plates",
    "locations",
    "logged",
    "login",
    "more",
    "password",
    "past_add",
    "past_add_list",
    "past_item",
    "past_items",
    "past_set",
    "plate_sheet",
    "register",
    "rest_timer",
    "ring",
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
    "settings_export",
    "settings_plates",
    "shared_workout",
    "starters",
    "stats",
    "summary",
    "today",
    "token_issued",
    "tokens",
    "trash",
    "warm_ups",
    "webhook",
    "webhook_made",
    "webhooks",
    "workout",
    "workout_edit",
    "workout_list",
    "workout_share",
    "workouts",
    "workouts_filter",
]
