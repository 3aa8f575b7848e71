"""The command `setlog import`."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.conftest import SECRET
from tests.support.importing import FILES, strong
from tests.support.wiring import wired
from webapp.cli import main
from webapp.models import Workout, WorkoutSet
from webapp.settings import Settings

PASSWORD = "plum-orchard-9"
SQUAT = '2026-03-13 15:22:10,"Legs",1h,{},1,100,5,0,0,"","",'


@pytest.fixture
def setlog(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Any:
    """Run the command in a thread: it brings an event loop of its own."""
    monkeypatch.setenv("SETLOG_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SETLOG_SECRET_KEY", SECRET)

    async def run(*arguments: str, said: str = "") -> Result:
        runner = CliRunner()
        return await asyncio.to_thread(runner.invoke, main, list(arguments), input=said)

    return run


@pytest.fixture
async def people(setlog: Any) -> None:
    """ann, and bob who must not get ann's workouts."""
    for name in ("ann", "bob"):
        await setlog("user", "create", name, "--password", PASSWORD)


async def history(settings: Settings) -> dict[str, list[tuple[str, str | None]]]:
    """The workouts of each person, by name and the unit of a set."""
    app = wired(settings)
    async with app.test_app():
        found: dict[str, list[tuple[str, str | None]]] = {}
        for workout in await Workout.all().order_by("started_at").prefetch_related("user"):
            each = await WorkoutSet.filter(workout=workout).first()
            unit = each.weight_unit if each else None
            found.setdefault(workout.user.username or "", []).append((workout.name, unit))
        return found


async def test_a_file_is_told_then_imported_then_known(
    setlog: Any, settings: Settings, people: None
) -> None:
    path = str(FILES / "strong.csv")
    asked = await setlog("import", "ann", path, "--unit", "lb", said="n\n")
    assert asked.exit_code == 1
    assert await history(settings) == {}
    done = await setlog("import", "ann", path, "--unit", "lb", said="y\n")
    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [
        "Strong, 9 lines:",
        "  new: 2 workouts, 8 sets",
        "  there already: 0, with other sets: 0",
        "  lines not read: 0",
        "  weight unit: lb",
        "  distance unit: km",
        "Import it? [y/N]: y",
        "Imported 2 workouts, 8 sets.",
    ]
    assert await history(settings) == {"ann": [("Push Day", "lb"), ("Morning Run", None)]}
    again = await setlog("import", "ann", path, "--yes")
    assert again.exit_code == 0
    assert "There is nothing new to import." in again.output


async def test_what_is_new_and_what_was_not_read_is_told(
    setlog: Any, tmp_path: Path, people: None
) -> None:
    file = tmp_path / "strong.csv"
    file.write_bytes(strong(SQUAT.format("Zyx Squat"), SQUAT.format("Squat").replace("100", "x")))
    done = await setlog("import", "bob", str(file), "--yes", "--unit", "kg")
    assert "    line 3: The weight “x” is not a number" in done.output
    assert "  Zyx Squat → a new exercise" in done.output
    assert "Imported 1 workout, 1 set." in done.output


async def test_what_cannot_be_imported_is_refused_in_one_line(
    setlog: Any, tmp_path: Path, people: None
) -> None:
    file = tmp_path / "nothing.csv"
    file.write_bytes(b"Name\nAnn\n")
    refused = await setlog("import", "ann", str(file), "--yes")
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: The columns of this file are not those of Strong")
    assert refused.output.count("\n") == 1
    nobody = await setlog("import", "nobody", str(file))
    assert (nobody.exit_code, nobody.output) == (1, "Error: there is no user nobody\n")
    missing = await setlog("import", "ann", str(tmp_path / "missing.csv"))
    assert missing.exit_code == 2


async def test_an_exported_account_comes_whole(
    setlog: Any, settings: Settings, people: None, tmp_path: Path
) -> None:
    await setlog("import", "ann", str(FILES / "strong.csv"), "--yes")
    file = str(tmp_path / "ann.json")
    assert (await setlog("export", "ann", file)).exit_code == 0
    asked = await setlog("import", "bob", file, said="n\n")
    assert asked.exit_code == 1 and "bob" not in await history(settings)
    done = await setlog("import", "bob", file, "--yes")
    assert done.exit_code == 0, done.output
    assert "  new: 2 workouts, 8 sets" in done.output
    assert "Imported 2 workouts, 8 sets" in done.output
    found = await history(settings)
    assert found["bob"] == found["ann"]
    again = await setlog("import", "bob", file, "--yes")
    assert "  there already: 2," in again.output and "nothing new" in again.output
    damaged = tmp_path / "damaged.json"
    damaged.write_text('{"setlog": 1,')
    refused = await setlog("import", "bob", str(damaged), "--yes")
    assert refused.exit_code == 1 and "damaged" in refused.output
