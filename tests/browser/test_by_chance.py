"""Workouts by chance, on a line that does what it likes: the server has what a model says."""

import random
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.gym import come_back, reps_done, server
from tests.browser.training import Trainee
from tests.support.faults import Faults

STEPS, CHANGES = 60, 4  # taps, and how many of them share a network


@pytest.mark.parametrize("seed", [4])
def test_the_server_has_what_was_done_whatever_the_line_did(
    playwright: Playwright, line: Faults, tmp_path: Path, seed: int
) -> None:
    trainee = Trainee(playwright, line, tmp_path / "browser", random.Random(seed))
    try:
        trainee.begin()
        for number in range(STEPS):
            if number % CHANGES == 0:
                trainee.change_network()
            trainee.step("worker" if number % 5 == 4 else "")
            if trainee.phone.page.url.endswith("/session"):
                assert trainee.shown() == trainee.done
        come_back(trainee.phone, line)
        trainee.phone.open("/")
        trainee.phone.until_sent()
        _, unsent, refused = trainee.phone.kept()
        assert (unsent, refused) == ([], [])
        assert told(trainee, line) == trainee.past
        if trainee.done:
            assert reps_done(server(trainee.phone, line, "/session")) == trainee.done
    finally:
        trainee.end()


def told(trainee: Trainee, line: Faults) -> dict[str, dict[str, str]]:
    """The sets that the server has as done in workouts that have ended, with their reps."""
    found = server(trainee.phone, line, "/workouts")["sessions"]
    whole = [server(trainee.phone, line, f"/workouts/{each['id']}") for each in found]
    return {each["id"]: reps_done(each) for each in whole}
