"""A phone that sends what it has carried out, as the service worker does."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from quart import Response

from tests.support.gym import classic
from tests.support.world import Person
from webapp.ids import uuid7


def now() -> datetime:
    """Now, to the millisecond, as phones count."""
    when = datetime.now(UTC)
    return when.replace(microsecond=when.microsecond // 1000 * 1000)


@dataclass
class Phone:
    """Ann's or bob's phone: `workout` is the UUID of the one it is in, `at` its clock."""

    person: Person
    workout: str = ""
    at: datetime = field(default_factory=lambda: now() - timedelta(hours=1))

    async def send(self, path: str, body: Any = None, **headers: str) -> Response:
        """One operation, tapped now on the phone's clock; names with underscores override."""
        sent = {
            "Accept": "application/json",
            "Accept-Profile": "edge",
            "Idempotency-Key": str(uuid7()),
            "Setlog-Form": "1",
            "Setlog-Tapped-At": self.at.isoformat(),
            "Setlog-User": str(self.person.user.uuid),
            **({"Setlog-Workout": self.workout} if self.workout else {}),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        given = {name: value for name, value in sent.items() if value}
        given["Sec-Fetch-Site"] = "same-origin"
        return await self.person.client.post(path, headers=given, form=body or {})

    async def start(self, **body: Any) -> dict[str, Any]:
        """Start, and be in that workout from then on; the acknowledgement."""
        self.workout = ""
        uuid = body.setdefault("uuid", str(uuid7()))
        said = await done(await self.send("/session/start", body), 201)
        self.workout = uuid
        return said

    async def sheet(self) -> Any:
        """The workout in progress, as the phone would mirror it."""
        answer = await self.person.page("GET", "/edge/now")
        return (await answer.get_json()).get("sheet")

    async def first(self) -> str:
        """UUID of the first set of the workout in progress."""
        return str((await self.sheet())["items"][0]["sets"][0]["uuid"])

    def later(self, **by: float) -> datetime:
        """Let time pass on the phone."""
        self.at += timedelta(**by)
        return self.at


async def done(answer: Response, status: int = 200) -> dict[str, Any]:
    """What an acknowledgement says."""
    assert answer.status_code == status, await answer.get_data(as_text=True)
    said: dict[str, Any] = await answer.get_json()
    return said


async def refused(answer: Response, status: int, code: str) -> dict[str, Any]:
    """What a refusal says."""
    said: dict[str, Any] = await answer.get_json()
    assert (answer.status_code, said["code"]) == (status, code), said
    assert said["text"]
    return said


async def in_classic(person: Person) -> Phone:
    """A person's phone, in a workout of the classic routine."""
    phone = Phone(person)
    await phone.start(routine=str((await classic(person)).uuid))
    return phone
