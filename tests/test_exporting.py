"""An account as a file: whole, and whole again wherever it is imported."""

from typing import Any

import orjson
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from quart import Quart
from tortoise import Tortoise

from tests.support import gym, importing
from tests.support.accounts import accounts, content, exported, taken_in
from tests.support.everything import fill, owned
from tests.support.history import train
from tests.support.world import Person, register
from webapp.exporting.shapes import Profile, RoutineItem
from webapp.exporting.telling import columns
from webapp.exporting.workouts import SECTIONS, WorkoutItem, WorkoutSet
from webapp.models import Exercise, ExerciseSetting, User

STEADY = settings(
    derandomize=True,
    deadline=None,
    max_examples=40,
    phases=(Phase.explicit, Phase.generate),  # each example is a whole account: no shrinking
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Tables and columns that stay: secrets, what belongs to this server, and what follows from others.
STAYS = {
    "users": {
        "uuid", "created_at", "updated_at", "username", "username_key", "email", "email_key",
        "password_hash", "password_changed_at", "is_active", "is_admin", "is_premium",
    },
    "locations": set(),
    "exercises": {"updated_by_id", "slug", "name_key", "search_text"},
    "exercise_settings": set(),
    "exercise_aliases": set(),
    "routines": set(),
    "routine_items": {"routine_id"},
    "body_weights": {"weight_grams"},
    "workouts": {"share_key", "batch_id", "version"},
    "workout_items": {"workout_id", "version"},
    "workout_sets": {"workout_id", "item_id", "weight_grams", "distance_mm", "version"},
}  # fmt: skip
STAYING_TABLES = {
    "changes", "exercise_merges", "feeds", "imports", "import_parts", "identities",
    "kept_answers", "login_sessions", "past_editions", "push_subscriptions", "refresh_tokens",
    "sign_in_attempts", "throttles", "tokens", "webhooks", "webhook_deliveries",
}  # fmt: skip
SHAPES = {
    "users": Profile,
    "routine_items": RoutineItem,
    "workout_items": WorkoutItem,
    "workout_sets": WorkoutSet,
    "exercise_aliases": SECTIONS["aliases"],
    **{n: s for n, s in SECTIONS.items() if n not in ("aliases", "catalogue", "merges")},
}


def used(value: Any) -> set[str]:
    """The slugs that a file names."""
    if isinstance(value, dict):
        inner = set().union(*map(used, value.values())) if value else set()
        refs = (str(value[name]) for name in ("exercise", "merged_into") if name in value)
        return inner | {ref for ref in refs if ref.count("-") != 4}
    return set().union(*map(used, value)) if isinstance(value, list) and value else set()


@STEADY
@given(account=accounts())
async def test_whatever_is_imported_is_exported_again_and_again(
    app: Quart, account: dict[str, Any]
) -> None:
    ann, bob = [await register(app, f"{name}{await User.all().count()}") for name in ("a", "b")]
    await taken_in(ann, account)
    first = await exported(ann)
    assert content(first) == account
    assert {each["slug"] for each in first["catalogue"]} == used(
        {k: v for k, v in account.items() if k != "workouts"}
    ) | used(account["workouts"])
    await taken_in(bob, first)
    assert content(await exported(bob)) == account
    assert content(await exported(ann)) == account


@STEADY
@given(account=accounts(), data=st.data())
async def test_a_part_that_is_there_already_changes_nothing_of_the_whole(
    app: Quart, account: dict[str, Any], data: st.DataObject
) -> None:
    ann = await register(app, f"a{await User.all().count()}")
    keep = {name: data.draw(st.integers(0, len(each))) for name, each in _lists(account)}
    part = {**account, **{name: account[name][:amount] for name, amount in keep.items()}}
    await taken_in(ann, {name: value for name, value in part.items() if name != "profile"})
    await taken_in(ann, account)
    assert _by_uuid(await exported(ann)) == _by_uuid(account)
    assert await taken_in(ann, account) == {}


def _lists(account: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    plain = ("body_weights", "workouts")
    return [(name, account[name]) for name in plain]


def _by_uuid(account: dict[str, Any]) -> dict[str, Any]:
    return {
        name: sorted(value, key=lambda each: orjson.dumps(each, option=orjson.OPT_SORT_KEYS))
        for name, value in content(account).items()
        if isinstance(value, list)
    }


async def test_a_life_in_setlog_travels_whole(ann: Person, bob: Person) -> None:
    await fill(ann)
    plan = await gym.classic(ann)
    await ann.page("POST", "/session/discard")
    await gym.start(ann, plan)
    for each in (await gym.sets(ann))[:2]:
        await gym.tap(ann, each["id"], rpe="8.5")
    item = await gym.item(ann, 1)
    await ann.htmx("POST", f"/session/items/{item}/remove")
    await train(ann.user, workouts=4)
    before, theirs = await owned(ann), await exported(bob)
    whole = await exported(ann)
    made = await taken_in(bob, whole)
    assert content(await exported(bob)) == content(whole)
    assert made["workouts"] == len(whole["workouts"]) > 5
    assert made["sets"] == sum(
        len(i.get("sets", [])) for w in whole["workouts"] for i in w["items"]
    )
    assert await owned(ann) == before
    assert theirs["workouts"] == []
    assert whole["account"] == {"username": "ann", "email": "ann@example.org"}


async def merged(person: Person, source: Exercise, target: Exercise) -> None:
    body = {"into": str(target.uuid)}
    answer = await person.page("POST", f"/exercises/{source.uuid}/merge", body)
    assert answer.status_code == 303


async def test_a_merge_can_be_undone_where_the_account_arrives(ann: Person, bob: Person) -> None:
    await train(ann.user, workouts=2)
    own, other, *_ = await Exercise.filter(user=ann.user).order_by("id")
    squat, plank = [await gym.exercise(slug) for slug in ("squat-barbell", "plank")]
    await ExerciseSetting.create(user=ann.user, exercise=squat, note="Deep", rest_seconds=200)
    await gym.classic(ann)
    await gym.did(ann, "squat-barbell", ("80", 5))
    before = await exported(ann)
    await merged(ann, own, other)
    await merged(ann, squat, other)
    await merged(ann, other, plank)
    whole = await exported(ann)
    assert [each["target"] for each in whole["merges"]] == [str(other.uuid)] * 2 + ["plank"]
    assert "merges" not in before, "an older Setlog reads it, too"
    url = await importing.look_at(bob, orjson.dumps(whole))
    await importing.run(bob, url)
    assert content(await exported(bob)) == content(whole)
    for person in (ann, bob):
        for each in (other, squat, own):
            answer = await person.page("POST", f"/exercises/{each.uuid}/merge/undo")
            assert answer.status_code == 303
    hers, his = content(await exported(ann)), content(await exported(bob))
    assert _timeless(his) == _timeless(hers)
    assert _timeless(hers["workouts"]) == _timeless(before["workouts"])
    assert await taken_in(ann, whole) == {}, "what was undone since stays undone"
    assert "merges" not in await exported(ann)
    await bob.page("POST", f"{url}/undo")
    await importing.idle(bob)
    assert await Exercise.filter(user=bob.user).count() == 0


def _timeless(value: Any) -> Any:
    """Without when rows were changed."""
    if isinstance(value, dict):
        return {name: _timeless(each) for name, each in value.items() if name != "updated_at"}
    return [_timeless(each) for each in value] if isinstance(value, list) else value


async def test_no_secret_and_nobody_elses_row_is_in_it(ann: Person, bob: Person) -> None:
    await fill(ann)
    await fill(bob)
    await User.filter(id=bob.user.id).update(password_hash="$argon2id$secret")
    text = orjson.dumps(await exported(bob)).decode()
    rows = await owned(ann)
    for table in ("workouts", "workout_sets", "routines", "locations", "body_weights"):
        assert not [each for each in rows[table] if str(each["uuid"]) in text], table
    assert "argon2" not in text
    assert "token" not in text
    assert "secret" not in text


def test_every_column_travels_or_is_known_to_stay(app: Quart) -> None:
    for model in Tortoise.apps["models"].values():
        meta = model._meta
        if meta.db_table in STAYING_TABLES:
            continue
        there = set(meta.fields_db_projection) - {"id", "user_id"}
        told = set(columns(SHAPES[meta.db_table]))
        assert told | STAYS[meta.db_table] == there, meta.db_table
        assert not told & STAYS[meta.db_table], meta.db_table
