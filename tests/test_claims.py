"""Where documents meet: shared URLs, letters of either case, slashes, unknown addresses."""

from typing import Any

import pytest
from quart import Quart

from tests.support import voices
from tests.support.world import Person, make_token
from webapp import claims


async def test_unknown_addresses_answer_in_the_words_of_the_contract_whose_base_they_have(
    ann: Person,
) -> None:
    live = await (await ann.json("GET", "/api/nothing")).get_json()
    assert set(live) == {"error"}
    gym = await (await ann.json("GET", "/api/Workouts/nothing/at/all")).get_json()
    assert set(gym) == {"type", "title", "status", "detail", "errors"}
    routines = await (await ann.json("GET", "/api/v1/nothing")).get_json()
    assert routines["success"] is False
    diary = await (await ann.json("GET", "/api/v1.0/nothing")).get_json()
    assert set(diary) == {"code", "description"}
    wanted = await ann.json("GET", "/api/v1/nothing", Accept_Profile="executions")
    assert set(await wanted.get_json()) == {"error", "message"}


@pytest.mark.parametrize("path", ["/api/workouts", "/api/workouts/", "/api/session", "/workouts/"])
async def test_a_trailing_slash_changes_nothing_and_redirects_nowhere(
    ann: Person, path: str
) -> None:
    answer = await ann.json("GET", path)
    assert answer.status_code in (200, 404)
    assert "Location" not in answer.headers


async def test_a_pinned_token_or_accept_profile_decides_where_two_documents_claim_a_pair(
    app: Quart, ann: Person
) -> None:
    pairs = {pair for pair in claims.shared(app) if pair[1].startswith("/api/v1/workouts")}
    assert ("GET", "/api/v1/workouts") in pairs
    as_routines = await (await ann.json("GET", "/api/v1/workouts")).get_json()
    assert as_routines["success"] is True
    asked = await ann.json("GET", "/api/v1/workouts", Accept_Profile="executions")
    assert "workouts" in await asked.get_json()
    ann.token = await make_token(ann.user, "executions")
    pinned = await ann.json("GET", "/api/v1/workouts")
    assert "workouts" in await pinned.get_json()
    overridden = await ann.json("GET", "/api/v1/workouts", Accept_Profile="routines")
    assert (await overridden.get_json())["success"] is True


async def test_a_key_that_one_contract_used_repeats_nothing_of_another(ann: Person) -> None:
    said = {"Idempotency_Key": "monday"}
    first = await (await ann.json("POST", "/api/v1/workouts", {}, **said)).get_json()
    other = await ann.json("POST", "/api/v1/workouts", {}, Accept_Profile="executions", **said)
    assert "exercise_executions" in await other.get_json()
    again = await ann.json("POST", "/api/v1/workouts", {}, **said)
    assert await again.get_json() == first
    assert again.headers["Idempotent-Replayed"] == "true"


async def test_no_other_pairs_are_claimed_twice(app: Quart) -> None:
    found = claims.shared(app)
    assert {pair: set(rules) for pair, rules in found.items()} == {
        (method, path): {"routines", "executions"}
        for method, path in (
            ("GET", "/api/v1/workouts"),
            ("POST", "/api/v1/workouts"),
            ("GET", "/api/v1/workouts/{}"),
            ("DELETE", "/api/v1/workouts/{}"),
        )
    }


async def test_a_head_is_answered_by_the_contract_that_would_answer_the_get(
    app: Quart, ann: Person, bob: Person
) -> None:
    made = await (await ann.json("POST", "/api/v1/workouts", {})).get_json()
    path = f"/api/v1/workouts/{made['data']['id']}"
    for profile, status in (("routines", 403), ("executions", 404)):
        for method in ("GET", "HEAD"):
            answer = await bob.json(method, path, Accept_Profile=profile)
            assert answer.status_code == status, (method, profile)


@pytest.mark.parametrize("pinned", ["live", "gym", "diary", "executions", "routines"])
async def test_where_one_contract_claims_a_path_any_token_of_the_person_opens_it(
    ann: Person, pinned: str
) -> None:
    ann.token = await make_token(ann.user, pinned)
    for path, key in (("/api/v1/routines", "success"), ("/api/v1/users/me", "email_address")):
        assert key in await (await ann.json("GET", path)).get_json()
    answer = await (await ann.json("GET", "/api/v1/workouts", Accept_Profile="nothing")).get_json()
    assert set(answer) == (
        {"workouts", "total", "page", "per_page"}
        if pinned == "executions"
        else {"success", "data", "meta"}
    )


LISTS = (
    "/api/workouts",
    "/api/exercises",
    "/api/Workouts",
    "/api/WorkoutTemplates",
    "/api/ExerciseTemplates",
    "/api/Locations",
    "/api/UserPreferences",
    "/api/Workouts/Recent",
    "/api/v1/workouts",
    "/api/v1/routines",
    "/api/v1/health",
    "/api/v1/exercises",
    "/api/v1/exercises/search",
    "/api/v1/users/me",
    "/api/v1/users/me/stats",
    "/api/v1.0/exercises",
    "/api/v1.0/workouts",
)
QUERY = {
    "/api/v1/exercises/search": "q=press",
    "/api/v1.0/exercises": "muscleGroup=CHEST",
    "/api/v1.0/workouts": "startDate=2024-01-01&endDate=2024-01-31",
}


@pytest.mark.parametrize("path", LISTS)
async def test_a_collection_answers_alike_with_and_without_a_trailing_slash(
    ann: Person, path: str
) -> None:
    query = f"?{QUERY[path]}" if path in QUERY else ""
    for profile in ("routines", "executions"):
        bare, slashed = [
            await ann.json("GET", f"{path}{slash}{query}", Accept_Profile=profile)
            for slash in ("", "/")
        ]
        assert (bare.status_code, slashed.status_code) == (200, 200)
        assert await bare.get_data() == await slashed.get_data()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/Workouts", 200),
        ("/api/workoutTemplates", 200),
        ("/api/exerciseTemplates/", 200),
        ("/api/locations", 200),
        ("/api/userPreferences", 200),
        ("/api/Workouts/recent", 200),
        ("/api/Workouts/inProgress", 204),
        ("/api/workouttemplates", 404),
        ("/api/WORKOUTTEMPLATES", 404),
        ("/api/userpreferences", 404),
        ("/api/Workouts/inprogress", 404),
        ("/API/Workouts", 404),
    ],
)
async def test_only_the_first_letter_of_a_segment_of_gym_may_be_small(
    ann: Person, path: str, status: int
) -> None:
    answer = await ann.json("GET", path)
    assert answer.status_code == status
    assert "Location" not in answer.headers


async def test_gym_signs_in_by_either_letter_and_lives_workouts_stay_lives(ann: Person) -> None:
    for path in ("/api/Users/login", "/api/users/login", "/api/users/Login"):
        answer = await ann.json("POST", path, {"email": "nobody@example.org", "password": "x"})
        assert answer.status_code == 401
        assert (await answer.get_json())["title"] == "Unauthorized"
    assert isinstance(await (await ann.json("GET", "/api/workouts")).get_json(), list)
    assert "items" in await (await ann.json("GET", "/api/Workouts")).get_json()
    assert (await ann.json("POST", "/api/workouts", {"name": "Push"})).status_code == 201


async def test_ids_in_bodies_may_be_digit_strings(ann: Person) -> None:
    exercise = await voices.lift(ann)
    template = await voices.said(
        await ann.json("POST", "/api/WorkoutTemplates", {"name": "A"}), 201
    )
    body: dict[str, object] = {"workoutTemplateId": str(template)}
    body |= {"exercises": [{"exerciseTemplateId": f"{exercise.id}"}]}
    path = f"/api/WorkoutTemplates/{template}"
    await voices.said(await ann.json("PUT", f"{path}/Exercises", body), 204)
    body = {"id": f"{template}", "name": "B"}
    await voices.said(await ann.json("PUT", path, body), 204)
    body = {"workoutTemplateId": f"{template}"}
    workout = await voices.said(await ann.json("POST", "/api/Workouts", body), 201)
    at = f"/api/v1/workouts/{workout}"
    body = {"itemType": "EXERCISE", "exerciseId": f"{exercise.id}", "actualReps": "5"}
    await voices.said(await ann.json("POST", f"{at}/sets", body), 201)
    body = {"exercise_ids": [f"{exercise.id}"]}
    await voices.said(await ann.json("PATCH", f"{at}/exercise-executions/reorder", body))
    item: dict[str, Any] = {
        "exerciseId": f"{exercise.id}",
        "exerciseName": "Press",
        "type": "EXERCISE",
    }
    item |= {"order": "1", "sets": "3", "repsPerSet": "5", "weightKg": 60}
    body = {"name": "C", "items": [item]}
    made = await voices.said(await ann.json("POST", "/api/v1/routines", body), 201)
    body = {"routineId": f"{made['data']['id']}"}
    begun = await ann.json("POST", "/api/v1/workouts", body)
    assert (await voices.said(begun, 201))["data"]["routineId"] == made["data"]["id"]
