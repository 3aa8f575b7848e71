"""Browser and worker killed at random moments, with any network: no tap is lost or doubled."""

import os
import random
from pathlib import Path

from playwright.sync_api import Playwright

from tests.browser.gym import come_back, server
from tests.browser.lifting import Lifter
from tests.support.faults import Faults

POINTS = int(os.environ.get("SETLOG_KILL_POINTS", "100"))
EVERY = 12  # of so many kill points one is the whole browser's


def test_what_the_phone_said_it_has_survives_every_kill(
    playwright: Playwright, line: Faults, tmp_path: Path
) -> None:
    lifter = Lifter(playwright, line, tmp_path / "browser", random.Random(7))
    try:
        lifter.begin()
        for number in range(POINTS):
            if number % 3 == 0:
                lifter.change_network()
            lifter.act("browser" if number % EVERY == EVERY - 1 else "worker")
            assert lifter.shown() == lifter.done
        come_back(lifter.phone, line)
        lifter.phone.open("/session")
        lifter.phone.until_sent()
        lifter.phone.until(lambda: on_server(lifter) == lifter.done, "the same at the server")
    finally:
        lifter.end()
    print(f"survived {dict(lifter.points)}")


def on_server(lifter: Lifter) -> dict[str, str]:
    """The sets that the server has as done, with their reps."""
    workout = server(lifter.phone, lifter.line, "/session")
    return {
        each["id"]: "" if each["reps"] is None else str(each["reps"])
        for exercise in workout["exercises"]
        for each in exercise["sets"]
        if each["completed_at"]
    }
