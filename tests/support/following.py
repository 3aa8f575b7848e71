"""A program that follows what happens to a person's things, and what the database has of them."""

from dataclasses import dataclass, field
from typing import Any

from tests.support.world import Person
from webapp.db import rows

Thing = tuple[str, str]  # kind and UUID
_BINNED = {"workout": "workouts", "routine": "routines"}
_PLAIN = {"exercise": "exercises", "body_weight": "body_weights", "location": "locations"}
_PARTS = {
    "workout": ("workout_id", "workout_items", "workout_sets"),
    "routine": ("routine_id", "routine_items"),
    "exercise": ("exercise_id", "exercise_settings"),
}
_PASSING = ("id", "user_id", "exercise_id", "last_used_at")  # of how an exercise is done


@dataclass
class Follower:
    """Follows `/api/events` of a person from the beginning, so many events a page."""

    person: Person
    limit: int = 3
    cursor: str = ""
    known: dict[Thing, int] = field(default_factory=dict)  # what there is, with its version
    last: int = 0

    async def read(self) -> list[dict[str, Any]]:
        """Read to the end; every event is newer than the one before, also over pages."""
        found: list[dict[str, Any]] = []
        more = True
        while more:
            page = await events(self.person, self.cursor, limit=self.limit)
            for each in page["events"]:
                self._hear(each)
            found += page["events"]
            self.cursor, more = page["next"], page["more"]
        return found

    def _hear(self, event: dict[str, Any]) -> None:
        version, (kind, what) = event["data"]["version"], event["type"].split(".")
        assert version > self.last, event
        thing, self.last = (kind, event["data"]["id"]), version
        if what == "deleted":
            self.known.pop(thing, None)
        else:
            self.known[thing] = version


async def events(person: Person, since: str = "", **asked: Any) -> Any:
    """One page of what happened."""
    query = "&".join(f"{name}={value}" for name, value in {"since": since, **asked}.items())
    answer = await person.json("GET", f"/api/events?{query}")
    assert answer.status_code == 200, await answer.get_data(as_text=True)
    return await answer.get_json()


async def things(person: Person) -> dict[Thing, str]:
    """What the person has outside the trash, with everything that is stored of it."""
    found: dict[Thing, str] = {}
    for kind, table in (_BINNED | _PLAIN).items():
        alive = "AND deleted_at IS NULL" if kind in _BINNED else ""
        sql = f"SELECT * FROM {table} WHERE user_id = ? {alive} ORDER BY id"
        for each in await rows(sql, person.user.id):
            found[kind, str(each["uuid"])] = await _whole(person, kind, each)
    return found


async def _whole(person: Person, kind: str, thing: Any) -> str:
    column, *tables = _PARTS.get(kind, ("",))
    parts = [dict(thing)]
    for table in tables:
        sql = f"SELECT * FROM {table} WHERE user_id = ? AND {column} = ? ORDER BY id"
        parts += [dict(each) for each in await rows(sql, person.user.id, thing["id"])]
    if kind == "exercise":
        parts[1:] = [said for each in parts[1:] if (said := _said(each))]
    return str(parts)


def _said(setting: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in setting.items() if value and name not in _PASSING}
