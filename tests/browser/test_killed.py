"""Browser and worker killed at random moments, with any network: no tap is lost or doubled."""

import os
import random
from pathlib import Path

from playwright.sync_api import Playwright

from tests.browser.gym import come_back, either_way, reps_done, server
from tests.browser.lifting import Lifter
from tests.support.faults import Faults

POINTS = int(os.environ.get("SETLOG_KILL_POINTS", "100"))
EVERY = 12  # of so many kill points one is the whole browser's


@either_way
def test_what_the_phone_said_it_has_survives_every_kill(
    playwright: Playwright, line: Faults, tmp_path: Path
) -> None:
    lifter = Lifter(playwright, line, tmp_path / "browser", random.Random(7))
    try:
        lifter.begin()
        for number in range(POINTS if line.prelude else POINTS // 4):
            if number % 3 == 0:
                lifter.change_network()
            lifter.act("browser" if number % EVERY == EVERY - 1 else "worker")
            assert lifter.shown() == lifter.done
        come_back(lifter.phone, line)
        lifter.phone.open("/session")
        lifter.phone.until_sent()
        on_server = lambda: reps_done(server(lifter.phone, line, "/session"))  # noqa: E731
        lifter.phone.until(lambda: on_server() == lifter.done, "the same at the server")
    finally:
        lifter.end()
    print(f"survived {dict(lifter.points)}")
