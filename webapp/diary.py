"""The verbs of `diary` alone: a day's sign-in, exercises by muscle group, one workout a date."""

from datetime import timedelta
from uuid import UUID

from quart import Response

from webapp import auth, signing_in, talk
from webapp.accounts import NO_STORE
from webapp.history import by_date
from webapp.models import own_exercises
from webapp.routing import anonymous, diary
from webapp.security import settings
from webapp.training.lines import Sheet
from webapp.writes import own_transaction


@diary.post("/auth/login")
@anonymous
@own_transaction
async def log_in() -> Response:
    """Sign in by user name for a day: a signed token, which names a session that can be revoked."""
    said = await talk.read("LoginIn")
    user = await signing_in.prove(said["username"], said["password"], first="username")
    lifetime = timedelta(milliseconds=settings().jwt_expiration_ms)
    token = await signing_in.hand_out_signed(user, talk.contract_name(), lifetime)
    return await talk.reply("logged_in", headers=NO_STORE, made=user, token=token)


@diary.post("/exercises")
async def create_exercise() -> Response:
    """Make an exercise; 409 when its muscle group has one of this name."""
    made = await own_exercises.make(auth.me(), **await talk.read("ExerciseIn"))
    return await talk.reply("exercise", 201, exercise=made)


@diary.get("/exercises/<uuid:uuid>")
async def show_exercise(uuid: UUID) -> Response:
    """One exercise of one's own."""
    return await talk.reply("exercise", exercise=await own_exercises.own(auth.me(), uuid))


@diary.get("/exercises")
async def list_exercises() -> Response:
    """The exercises of a muscle group, by name."""
    asked = await talk.query("ExercisesQuery")
    found = await own_exercises.of_group(auth.me().user_id, **asked)
    return await talk.reply("exercises", found=found)


@diary.put("/exercises/<uuid:uuid>")
async def edit_exercise(uuid: UUID) -> Response:
    """Change name or muscle group of an exercise; absent stays."""
    said = await talk.read("ExerciseEdit")
    changed = await own_exercises.change(auth.me(), uuid, said)
    return await talk.reply("exercise", exercise=changed)


@diary.delete("/exercises/<uuid:uuid>")
async def delete_exercise(uuid: UUID) -> Response:
    """Offer an exercise no longer; past workouts keep it."""
    await own_exercises.archive(auth.me(), uuid)
    return await talk.reply("exercise_deleted")


@diary.post("/workouts")
async def create_workout() -> Response:
    """Write the workout of a date; 409 when there is one."""
    said = await talk.read("WorkoutIn")
    return await _workout(await by_date.write(auth.me(), **said), 201)


@diary.get("/workouts")
async def list_workouts() -> Response:
    """The workouts between two dates, newest first."""
    asked = await talk.query("WorkoutsQuery")
    return await talk.reply("workouts", found=await by_date.between(auth.me().user_id, **asked))


@diary.get("/workouts/<uuid:uuid>")
async def show_workout(uuid: UUID) -> Response:
    """One workout with its exercises and sets."""
    return await _workout(await by_date.found(auth.me(), uuid))


@diary.put("/workouts/<uuid:uuid>")
async def edit_workout(uuid: UUID) -> Response:
    """Move a workout to another date, replace its exercises; absent stays."""
    said = await talk.read("WorkoutEdit")
    return await _workout(await by_date.rewrite(auth.me(), uuid, **said))


@diary.delete("/workouts/<uuid:uuid>")
async def delete_workout(uuid: UUID) -> Response:
    """Put a workout into the trash, which only pages show."""
    await by_date.trash(auth.me(), uuid)
    return await talk.reply("workout_deleted")


async def _workout(sheet: Sheet, status: int = 200) -> Response:
    exercises = await by_date.exercises_of(sheet)
    return await talk.reply("workout", status, sheet=sheet, exercises=exercises, person=auth.me())
