"""`executions` about the person and about exercises: every operation, every refusal."""

from typing import Any

import pytest

from tests.support.executions import (
    EXERCISE,
    FORBIDDEN,
    NOT_FOUND,
    PROFILE,
    UNAUTHORIZED,
    ask,
    execution,
    ok,
    own,
    speaks,
    system,
    workout,
    wrong,
)
from tests.support.statements import counted
from tests.support.world import Person
from webapp.catalogue import load_catalogue
from webapp.models import Exercise, ExerciseSetting, Identity, User


@pytest.fixture(autouse=True)
async def _all_speak_executions(ann: Person, bob: Person) -> None:
    await speaks(ann)
    await speaks(bob)


async def admin(person: Person) -> None:
    await User.filter(id=person.user.id).update(is_admin=True)


async def test_get_users_me(ann: Person) -> None:
    me = await ok(ann, "GET", "/users/me")
    assert tuple(me) == PROFILE
    assert me == {
        "id": ann.user.id,
        "email_address": "ann@example.org",
        "google_id": None,
        "name": "Ann",
        "profile_image_url": None,
        "is_active": True,
    }
    await Identity.create(user=ann.user, issuer="https://accounts.google.com", subject="g-123")
    assert (await ok(ann, "GET", "/users/me/"))["google_id"] == "g-123"


async def test_patch_users_me(ann: Person, bob: Person) -> None:
    said = {"name": "Updated Name", "profile_image_url": "https://example.com/new-profile.jpg"}
    me = await ok(ann, "PATCH", "/users/me", {**said, "is_admin": True, "email_address": "x@y"})
    assert tuple(me) == PROFILE
    assert me == {**await ok(ann, "GET", "/users/me"), **said, "email_address": "ann@example.org"}
    assert (await ok(ann, "PATCH", "/users/me", {"name": "Ann B"})) == {**me, "name": "Ann B"}
    cleared = await ok(ann, "PATCH", "/users/me", {"name": None, "profile_image_url": None})
    assert (cleared["name"], cleared["profile_image_url"]) == ("Ann", None)
    assert (await ok(ann, "PATCH", "/users/me", {})) == cleared
    assert (await ok(bob, "GET", "/users/me"))["name"] == "Bob"
    assert not (await User.get(id=ann.user.id)).is_admin


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": 7}, "name"),
        ({"name": "a\x00"}, "name"),
        ({"profile_image_url": "javascript:alert(1)"}, "profile_image_url"),
        ({"profile_image_url": "https://" + "x" * 2041}, "profile_image_url"),
        ({"profile_image_url": ["https://x.org"]}, "profile_image_url"),
    ],
)
async def test_patch_users_me_refuses(ann: Person, said: Any, field: str) -> None:
    before = await ok(ann, "GET", "/users/me")
    assert await ask(ann, "PATCH", "/users/me", said) == wrong(field)
    assert await ok(ann, "GET", "/users/me") == before


async def test_patch_users_me_keeps_what_is_just_within_the_limits(ann: Person) -> None:
    said = {"name": "x" * 200, "profile_image_url": "https://" + "x" * 2040}
    me = await ok(ann, "PATCH", "/users/me", said)
    assert {name: me[name] for name in said} == said


async def test_post_auth_logout_ends_the_token(ann: Person, bob: Person) -> None:
    assert await ok(ann, "POST", "/auth/logout") == {"message": "Logged out successfully"}
    assert await ask(ann, "GET", "/users/me") == (401, UNAUTHORIZED)
    assert (await ask(bob, "GET", "/users/me"))[0] == 200


async def test_get_exercises(ann: Person, bob: Person) -> None:
    mine = await own(ann)
    await own(bob, "Bob's")
    everything = await ok(ann, "GET", "/exercises")
    assert tuple(everything) == ("exercises", "total", "page", "per_page")
    assert all(tuple(each) == EXERCISE for each in everything["exercises"])
    assert (everything["page"], everything["per_page"]) == (1, 20)
    assert len(everything["exercises"]) == 20
    system = await Exercise.filter(user_id=None).count()
    assert everything["total"] == system + 1
    asked = "/exercises?is_user_created=true"
    assert await ok(ann, "GET", asked) == {
        **{"exercises": [mine], "total": 1, "page": 1, "per_page": 20}
    }
    assert (await ok(ann, "GET", "/exercises?is_user_created=false"))["total"] == system
    assert (await ok(ann, "GET", "/exercises/?is_user_created="))["total"] == system + 1


async def test_get_exercises_of_the_document(ann: Person) -> None:
    path = "/exercises?is_user_created=false&body_part=chest&modality=bodyweight"
    found = await ok(ann, "GET", path)
    assert found["total"] == len(found["exercises"]) > 0
    for each in found["exercises"]:
        assert (each["body_part"], each["modality"]) == ("chest", "BODYWEIGHT")
        assert (each["created_by_user_id"], each["updated_by_user_id"]) == (None, None)
        assert each["is_user_created"] is False
        assert each["created_at"].endswith("Z")
    assert await ok(ann, "GET", path.replace("bodyweight", "BodyWeight")) == found


async def test_get_exercises_page_by_page(ann: Person) -> None:
    total = (await ok(ann, "GET", "/exercises"))["total"]
    seen: list[int] = []
    for page in range(1, total // 100 + 2):
        found = await ok(ann, "GET", f"/exercises?page={page}&per_page=500")
        assert (found["total"], found["page"], found["per_page"]) == (total, page, 100)
        seen += [each["id"] for each in found["exercises"]]
    assert len(seen) == len(set(seen)) == total
    beyond = await ok(ann, "GET", f"/exercises?page={total}&size=3")
    assert beyond == {"exercises": [], "total": total, "page": total, "per_page": 3}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("is_user_created=perhaps", "is_user_created"),
        ("body_part=wings", "body_part"),
        ("body_part=Chest", "body_part"),
        ("modality=kettlebell", "modality"),
        ("page=0", "page"),
        ("page=1000000001", "page"),
        ("page=x", "page"),
        ("per_page=0", "per_page"),
        ("per_page=1.5", "per_page"),
        ("body_part=chest&body_part=back", "body_part"),
    ],
)
async def test_get_exercises_refuses(ann: Person, query: str, field: str) -> None:
    assert await ask(ann, "GET", f"/exercises?{query}") == wrong(field)
    assert await ask(ann, "GET", f"/exercises/search?q=a&{query}") == wrong(field)


async def test_get_one_exercise(ann: Person, bob: Person) -> None:
    mine, theirs = await own(ann), await own(bob)
    assert await ok(ann, "GET", f"/exercises/{mine['id']}") == mine
    assert (await ok(ann, "GET", f"/exercises/{await system()}"))["is_user_created"] is False
    assert await ask(ann, "GET", f"/exercises/{theirs['id']}") == (403, FORBIDDEN)
    assert await ask(ann, "GET", "/exercises/999999999999") == (404, NOT_FOUND)


async def test_post_exercises(ann: Person) -> None:
    said = {
        "name": "Custom Push-ups",
        "body_part": "chest",
        "modality": "bodyweight",
        "picture_url": "https://example.com/custom-pushups.jpg",
    }
    made = await ok(ann, "POST", "/exercises", {**said, "id": 1, "is_user_created": False}, 201)
    assert tuple(made) == EXERCISE
    assert {name: made[name] for name in said} == {**said, "modality": "BODYWEIGHT"}
    assert made["created_by_user_id"] == made["updated_by_user_id"] == ann.user.id
    assert made["is_user_created"] is True
    assert await ok(ann, "GET", f"/exercises/{made['id']}") == made
    row = await Exercise.get(id=made["id"])
    assert (row.muscle_group, row.implement, row.load) == ("chest", "Bodyweight", "bodyweight")
    again = await ok(ann, "POST", "/exercises/", {**said, "picture_url": ""}, 201)
    assert (again["id"] != made["id"], again["picture_url"]) == (True, None)


@pytest.mark.parametrize("part", ["arms", "full_body", "other"])
async def test_post_exercises_with_words_only_this_document_has(ann: Person, part: str) -> None:
    made = await own(ann, body_part=part, modality="Smith")
    assert (made["body_part"], made["modality"]) == (part, "SMITH")
    assert (await Exercise.get(id=made["id"])).muscle_group == "other"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": None}, "name"),
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"body_part": "wings"}, "body_part"),
        ({"body_part": None}, "body_part"),
        ({"modality": "kettlebell"}, "modality"),
        ({"modality": 3}, "modality"),
        ({"picture_url": "pushups.jpg"}, "picture_url"),
        ({"picture_url": {}}, "picture_url"),
    ],
)
async def test_writing_exercises_refuses(ann: Person, change: Any, field: str) -> None:
    said = {"name": "A", "body_part": "chest", "modality": "cable", "picture_url": None}
    assert await ask(ann, "POST", "/exercises", {**said, **change}) == wrong(field)
    made = await ok(ann, "POST", "/exercises", said, 201)
    path = f"/exercises/{made['id']}"
    assert await ask(ann, "PATCH", path, {"name": "B", **change}) == wrong(field)
    assert await ok(ann, "GET", path) == made


async def test_post_exercises_names_every_field_that_is_missing(ann: Person) -> None:
    status, body = await ask(ann, "POST", "/exercises", {})
    assert (status, body) == wrong("name", "body_part", "modality")
    assert body["details"]["name"] == ["Field is required"]


async def test_patch_exercises(ann: Person) -> None:
    made = await own(ann)
    said = {
        "name": "Updated Exercise Name",
        "body_part": "shoulders",
        "modality": "dumbbell",
        "picture_url": "https://example.com/updated.jpg",
    }
    path = f"/exercises/{made['id']}"
    edited = await ok(ann, "PATCH", path, said)
    assert edited == {**made, **said, "modality": "DUMBBELL", "updated_at": edited["updated_at"]}
    row = await Exercise.get(id=made["id"])
    assert (row.muscle_group, row.implement, row.load) == ("shoulders", "Dumbbell", "external")
    assert (await ok(ann, "PATCH", path, {"picture_url": None}))["picture_url"] is None
    assert (await ok(ann, "PATCH", path, {}))["name"] == said["name"]
    found = await ok(ann, "GET", "/exercises/search?q=updated+exer")
    assert [each["id"] for each in found["exercises"]] == [made["id"]]


async def test_patch_keeps_what_only_other_documents_can_say(ann: Person) -> None:
    made = await own(ann)
    known = {"body_part": "arms", "muscle_group": "triceps", "modality": "cable", "load": "none"}
    await Exercise.filter(id=made["id"]).update(**known, implement="Band")
    said = {"body_part": "arms", "modality": "cable", "name": "Pushdown"}
    await ok(ann, "PATCH", f"/exercises/{made['id']}", said)
    row = await Exercise.get(id=made["id"])
    assert (row.muscle_group, row.implement, row.load) == ("triceps", "Band", "none")


async def test_delete_exercises_archives(ann: Person) -> None:
    made = await own(ann)
    path, training = f"/exercises/{made['id']}", await workout(ann)
    await execution(ann, training, made["id"], sets=[{"clean_reps": 5}])
    assert await ask(ann, "DELETE", path) == (204, None)
    for method in ("GET", "PATCH", "DELETE"):
        assert await ask(ann, method, path, None if method == "GET" else {}) == (404, NOT_FOUND)
    assert (await ok(ann, "GET", "/exercises?is_user_created=true"))["total"] == 0
    assert (await ok(ann, "GET", "/exercises/search?q=custom"))["total"] == 0
    [kept] = (await ok(ann, "GET", training))["exercise_executions"]
    assert kept["exercise_name"] == "Custom Push-ups"
    assert (await execution(ann, training, made["id"]))["sets"] == []
    another = f"{await workout(ann)}/exercise-executions/{made['id']}"
    assert await ask(ann, "PUT", another, {}) == (404, NOT_FOUND)


async def test_bob_cannot_touch_anns_exercise(ann: Person, bob: Person) -> None:
    made = await own(ann)
    path = f"/exercises/{made['id']}"
    for method, body in (("GET", None), ("PATCH", {"name": "Mine now"}), ("DELETE", None)):
        assert await ask(bob, method, path, body) == (403, FORBIDDEN)
    await admin(bob)
    for method, body in (("GET", None), ("PATCH", {"name": "Mine now"}), ("DELETE", None)):
        assert await ask(bob, method, path, body) == (403, FORBIDDEN)
    into = f"{await workout(bob)}/exercise-executions/{made['id']}"
    assert await ask(bob, "PUT", into, {}) == (403, FORBIDDEN)
    assert await ask(bob, "GET", into) == (404, NOT_FOUND)
    assert (await ok(bob, "GET", "/exercises/search?q=custom"))["total"] == 0
    assert await ok(ann, "GET", path) == made


async def test_admins_edit_the_systems_exercises_and_others_do_not(
    ann: Person, bob: Person
) -> None:
    path = f"/exercises/{await system()}"
    before = await ok(ann, "GET", path)
    for method, body in (("PATCH", {"name": "Squats"}), ("DELETE", None)):
        assert await ask(ann, method, path, body) == (403, FORBIDDEN)
    assert await ok(ann, "GET", path) == before
    await admin(ann)
    edited = await ok(ann, "PATCH", path, {"name": "Squats"})
    changed = {"name": "Squats", "updated_by_user_id": ann.user.id}
    assert edited == {**before, **changed, "updated_at": edited["updated_at"]}
    assert await ok(bob, "GET", path) == edited
    found = await ok(bob, "GET", "/exercises/search?q=back+squat")
    assert edited in found["exercises"], "its aliases are still looked into"
    assert await ask(ann, "DELETE", path) == (204, None)
    assert await ask(bob, "GET", path) == (404, NOT_FOUND)
    assert await load_catalogue() == (0, 0), "what an admin did stays"


async def test_get_exercises_search(ann: Person) -> None:
    first, second = await own(ann, "Zpush-ups"), await own(ann, "Diamond Zpush-ups")
    found = await ok(ann, "GET", "/exercises/search?q=ZPUSH&body_part=chest&modality=bodyweight")
    assert found == {"exercises": [first, second], "total": 2, "page": 1, "per_page": 20}
    within = await ok(ann, "GET", "/exercises/search/?q=push-up&is_user_created=true&size=1&page=2")
    assert within == {"exercises": [first], "total": 2, "page": 2, "per_page": 1}
    assert (await ok(ann, "GET", "/exercises/search?q=zpush&body_part=legs"))["total"] == 0
    assert (await ok(ann, "GET", "/exercises/search?q=zpush&modality=cable"))["total"] == 0


@pytest.mark.parametrize("q", ["%25", "_", "!", "'", '"', "%26%26"])
async def test_search_takes_signs_for_what_they_are(ann: Person, q: str) -> None:
    await own(ann, "100 % effort_!'\"&&")
    assert (await ok(ann, "GET", f"/exercises/search?q={q}&is_user_created=true"))["total"] == 1
    await own(ann, "Nothing special")
    assert (await ok(ann, "GET", f"/exercises/search?q={q}&is_user_created=true"))["total"] == 1


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=%00", f"?q={'x' * 201}"])
async def test_search_needs_a_term(ann: Person, query: str) -> None:
    assert await ask(ann, "GET", f"/exercises/search{query}") == wrong("q")


async def test_what_a_person_has_hidden_is_not_listed(ann: Person, bob: Person) -> None:
    squat = await system()
    await ExerciseSetting.create(user=ann.user, exercise_id=squat, is_hidden=True)
    totals = [(await ok(person, "GET", "/exercises"))["total"] for person in (ann, bob)]
    assert totals[0] == totals[1] - 1
    assert (await ok(ann, "GET", f"/exercises/{squat}"))["id"] == squat


async def test_lists_of_exercises_cost_a_fixed_number_of_statements(ann: Person) -> None:
    await ok(ann, "GET", "/exercises")
    for path in ("/exercises?per_page=1", "/exercises?per_page=100", "/exercises/search?q=a"):
        with counted() as statements:
            await ok(ann, "GET", path)
        assert len(statements) == 3, statements
