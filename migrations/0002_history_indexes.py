from tortoise import migrations

from webapp.db.indexing import MakeIndex

# What is done and no warm-up: the sets that bests, volume and the list of workouts look at.
WORKED = "WHERE completed_at IS NOT NULL AND set_type <> 'warm_up'"
# Equal numbers are one key, so that the different ones of an exercise are found by stepping.
NUMBERS = (
    "(COALESCE(CAST(weight_grams AS TEXT), '') || '|' || COALESCE(CAST(reps AS TEXT), '') "
    "|| '|' || COALESCE(CAST(distance_mm AS TEXT), '') || '|' || COALESCE(duration_seconds, '') "
    "|| '|' || COALESCE(band, ''))"
)
INDEXES = {
    "workout_sets_numbers": f"workout_sets (user_id, exercise_id, {NUMBERS}, completed_at) {WORKED}",
    "workout_sets_volume": (
        f"workout_sets (user_id, workout_id, item_id, weight_grams, reps) {WORKED}"
    ),
    "workout_sets_noted": "workout_sets (user_id, workout_id) WHERE notes IS NOT NULL",
    "workout_items_noted": "workout_items (user_id, workout_id) WHERE note IS NOT NULL",
    "workout_items_no_volume": (
        "workout_items (user_id, id) WHERE load = 'assisted' OR status = 'removed'"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("models", "0001_initial")]

    initial = False
    atomic = False

    operations = [MakeIndex(name, what) for name, what in INDEXES.items()]
