"""Files of other apps for tests: sending one, importing it, and telling what came of it."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

from quart import Response
from quart.datastructures import FileStorage

from tests.support.world import PAGE, PROGRAM, Person
from webapp.importing.plain import ImportedWorkout, Reading
from webapp.importing.reading import read

FILES = Path(__file__).resolve().parents[1] / "files" / "import"
NOW = datetime(2026, 11, 21, 12)
STRONG = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE\n"
)


def file(name: str) -> bytes:
    """One of the files of tests/files/import."""
    return (FILES / name).read_bytes()


def strong(*rows: str) -> bytes:
    """Lines under Strong's usual heading."""
    return (STRONG + "".join(f"{row}\n" for row in rows)).encode()


def reading(data: bytes) -> Reading:
    """A file read whole. Raises Problem like `read`."""
    steps = read(data, NOW)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            found: Reading = done.value
            return found


def told(workouts: list[ImportedWorkout]) -> list[tuple[Any, ...]]:
    """Every set of the workouts as (day and time, exercise, type, weight, unit, reps, seconds,
    distance, unit), in order."""
    return [
        (
            f"{workout.started:%Y-%m-%d %H:%M}",
            item.name,
            each.set_type,
            each.weight,
            each.weight_unit,
            each.reps,
            each.seconds,
            each.distance,
            each.distance_unit,
        )
        for workout in workouts
        for item in workout.items
        for each in item.sets
    ]


async def send(person: Person, data: bytes, name: str = "file.csv", **form: str) -> Response:
    """Choose the file on the page and tap the button."""
    files = {"file": FileStorage(io.BytesIO(data), filename=name)}
    answer: Response = await person.client.post("/import", headers=PAGE, files=files, form=form)
    return answer


async def post(person: Person, data: bytes, name: str = "") -> Response:
    """Send the file as a program does: as the body."""
    headers = {**PROGRAM, "Authorization": f"Bearer {person.token}", "Content-Type": "text/csv"}
    client: Any = person.app.test_client(use_cookies=False)
    answer: Response = await client.post(f"/import?name={name}", headers=headers, data=data)
    return answer


async def look_at(person: Person, data: bytes) -> str:
    """The URL of the file's preview."""
    answer = await send(person, data)
    assert answer.status_code == 303, await answer.get_data(as_text=True)
    return answer.headers["Location"]


async def said(person: Person, url: str) -> Any:
    """An import as JSON."""
    answer = await person.json("GET", url)
    assert answer.status_code == 200, await answer.get_data(as_text=True)
    return await answer.get_json()


async def idle(person: Person) -> None:
    """Wait until every import that was begun is over."""
    await person.app.config["IMPORTS"].idle()


async def measured(person: Person) -> None:
    """Wait until nobody measures any more how much room a file has taken."""
    await person.app.config["QUOTAS"].end()


async def run(person: Person, url: str, **form: str) -> Any:
    """Tap Import on a preview and wait for its end; the import as JSON."""
    answer = await person.page("POST", f"{url}/start", form)
    assert answer.status_code == 303, await answer.get_data(as_text=True)
    await idle(person)
    return await said(person, url)


async def imported(person: Person, data: bytes, **form: str) -> Any:
    """A file imported as it stands."""
    return await run(person, await look_at(person, data), **form)
