"""How each contract words a refusal, exactly, and where one goes to be refused."""

from dataclasses import dataclass
from typing import Any

from quart import Response

from tests.support.world import PROGRAM, Person

NOWHERE = "00000000-0000-7000-8000-000000000000"


@dataclass(frozen=True)
class Door:
    """Where a contract is asked for a list, for a row that is not there, and told things.

    `text` and `number` are method, path and a body with a place (None) for a wrong value.
    """

    name: str
    base: str
    listed: str
    missing: str
    text: tuple[str, str, str]
    number: tuple[str, str, str]

    async def ask(self, person: Person, method: str, path: str, body: Any = None) -> Response:
        """A program's request in this contract's words."""
        sent = {"Authorization": f"Bearer {person.token}"} if person.token else {}
        return await self.send(person, method, path, body, sent)

    async def send(
        self, person: Person, method: str, path: str, body: Any, headers: dict[str, str]
    ) -> Response:
        """The same with these headers; bytes are sent as they are."""
        sent = {**PROGRAM, "Accept-Profile": self.name, **headers}
        client: Any = person.app.test_client(use_cookies=False)
        if isinstance(body, bytes):
            sent["Content-Type"] = "application/json"
            return await client.open(path, method=method, headers=sent, data=body)
        if body is None:
            return await client.open(path, method=method, headers=sent)
        return await client.open(path, method=method, headers=sent, json=body)


_EXECUTION = "/api/v1/workouts/1/exercise-executions/1"
_DAY = "/api/v1.0/workouts"
_ITEM = '{"exerciseId": "%s", "exerciseOrder": VALUE, "sets": []}' % NOWHERE  # noqa: UP031
DOORS = {
    door.name: door
    for door in (
        Door(
            "live", "/api", "/api/workouts", f"/api/exercises/{NOWHERE}",
            ("PUT", "/api/user/edit", '{"first_name": VALUE}'),
            ("PUT", "/api/user/edit", '{"age": VALUE}'),
        ),
        Door(
            "gym", "/api/Workouts", "/api/Locations", "/api/Locations/999999",
            ("POST", "/api/Locations", '{"name": VALUE}'),
            ("POST", "/api/Workouts", '{"workoutTemplateId": VALUE}'),
        ),
        Door(
            "routines", "/api/v1", "/api/v1/routines", "/api/v1/workouts/999999",
            ("POST", "/api/v1/workouts", '{"name": VALUE}'),
            ("POST", "/api/v1/workouts", '{"routineId": VALUE}'),
        ),
        Door(
            "executions", "/api/v1", "/api/v1/users/me", "/api/v1/workouts/999999",
            ("POST", "/api/v1/exercises",
             '{"name": VALUE, "body_part": "chest", "modality": "barbell"}'),
            ("PUT", _EXECUTION, '{"exercise_order": VALUE}'),
        ),
        Door(
            "diary", "/api/v1.0", f"{_DAY}?startDate=2024-01-01&endDate=2024-01-02",
            f"{_DAY}/{NOWHERE}",
            ("POST", "/api/v1.0/exercises", '{"name": VALUE, "muscleGroup": "CHEST"}'),
            ("POST", _DAY, '{"date": "2024-01-29", "workoutExercises": [%s]}' % _ITEM),  # noqa: UP031
        ),
    )
}  # fmt: skip

_ROUTINES = {
    400: "VALIDATION_ERROR", 401: "UNAUTHORIZED", 403: "FORBIDDEN", 404: "NOT_FOUND",
    405: "INVALID_REQUEST", 409: "CONFLICT", 413: "INVALID_REQUEST", 422: "INVALID_REQUEST",
    429: "INVALID_REQUEST", 500: "SERVER_ERROR", 503: "SERVER_ERROR",
}  # fmt: skip
_EXECUTIONS = {
    400: "validation_error", 401: "unauthorized", 403: "forbidden", 404: "not_found",
    405: "method_not_allowed", 413: "validation_error", 422: "validation_error",
    429: "too_many", 500: "internal_error", 503: "unavailable",
}  # fmt: skip
_DIARY = {
    401: "Unauthorized", 404: "NotFound", 413: "TooLarge", 429: "TooManyRequests",
    403: "Forbidden", 405: "MethodNotAllowed", 422: "KeyReused", 500: "Failed",
    503: "Unavailable",
}  # fmt: skip


async def refused(
    contract: str, answer: Response, status: int, *fields: str, code: str = ""
) -> None:
    """That the answer is this refusal in the contract's exact shape, about these fields.

    `code` is the contract's own word for it where it is not the usual one of the status.
    """
    text = await answer.get_data(as_text=True)
    assert answer.status_code == status, text
    kind = "application/problem+json" if contract == "gym" else "application/json"
    assert answer.headers["Content-Type"] == kind
    assert answer.headers.get("WWW-Authenticate") == ("Bearer" if status == 401 else None)
    body: Any = await answer.get_json()
    if contract == "live":
        _live(body, status, fields)
    elif contract == "gym":
        _gym(body, status, fields)
    elif contract == "routines":
        _routines(body, code or _ROUTINES[status], fields)
    elif contract == "executions":
        _executions(body, code or _EXECUTIONS[status], fields)
    elif fields:
        assert set(body) == set(fields) and all(_is_text(each) for each in body.values()), body
    else:
        assert set(body) == {"code", "description"} and _is_text(body["description"]), body
        assert body["code"] == (code or _DIARY[status])


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(fields: dict[str, list[str]], names: tuple[str, ...]) -> bool:
    told = all(texts and all(map(_is_text, texts)) for texts in fields.values())
    return told and set(fields) == set(names)


def _live(body: Any, status: int, fields: tuple[str, ...]) -> None:
    assert set(body) == ({"error", "fields"} if status == 400 else {"error"}), body
    assert _is_text(body["error"]) and _are_texts(body.get("fields", {}), fields), body


def _gym(body: Any, status: int, fields: tuple[str, ...]) -> None:
    assert set(body) == {"type", "title", "status", "detail", "errors"}, body
    assert body["type"] == f"https://www.rfc-editor.org/rfc/rfc9110#status.{status}"
    assert body["status"] == status and _is_text(body["title"]) and _is_text(body["detail"])
    assert _are_texts(body["errors"], fields), body


def _routines(body: Any, code: str, fields: tuple[str, ...]) -> None:
    assert set(body) == {"success", "error"} and body["success"] is False, body
    keys = {"code", "message", "fields"} if fields else {"code", "message"}
    assert set(body["error"]) == keys and _is_text(body["error"]["message"]), body
    assert body["error"]["code"] == code
    assert _are_texts(body["error"].get("fields", {}), fields), body


def _executions(body: Any, code: str, fields: tuple[str, ...]) -> None:
    keys = {"error", "message"} | ({"details"} if code == "validation_error" else set())
    assert set(body) == keys and _is_text(body["message"]), body
    assert body["error"] == code
    assert _are_texts(body.get("details", {}), fields), body
