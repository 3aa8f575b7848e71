"""A person who taps sets while browser and worker are killed, and what must be there then."""

import os
import random
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.sync_api import BrowserContext, Error, Locator, Playwright

from tests.browser.gym import ready, start
from tests.browser.phone import PATIENCE, Phone
from tests.support.chromium import launch_options
from tests.support.faults import Faults, Mode

NETWORKS: tuple[Mode, ...] = (
    *("pass", "pass", "pass", "refuse", "hang", "delay", "bad_gateway", "portal"),
    *("cut_answer", "cut_request"),
)


@dataclass
class Lifter:
    """Taps through a workout on a phone whose browser lies in `folder`. `done` is which sets are
    logged, and how many reps each, after every tap that the phone said it has."""

    playwright: Playwright
    line: Faults
    folder: Path
    chance: random.Random
    done: dict[str, str] = field(default_factory=dict)
    points: Counter[str] = field(default_factory=Counter)
    phone: Phone = field(init=False)
    context: BrowserContext = field(init=False)

    def begin(self) -> None:
        """Sign up, and start a workout."""
        self._launch()
        ready(self.phone)
        self.end()  # a browser that is killed forgets a cookie of the last half minute
        self._launch()
        self.phone.open("/")
        start(self.phone)

    def _launch(self) -> None:
        options: Any = {**launch_options(), "has_touch": True, "is_mobile": True}
        size: Any = {"width": 390, "height": 844}
        open_ = self.playwright.chromium.launch_persistent_context
        self.context = open_(str(self.folder), viewport=size, **options)
        self.context.set_default_timeout(PATIENCE)
        self.phone = Phone(self.context.pages[0], self.line.url)

    def end(self) -> None:
        with suppress(Error):
            self.context.close()

    def act(self, dies: str) -> None:
        """One thing that people do, with a kill in its middle: `worker`, `browser` or neither."""
        rows = self.phone.page.locator("li.set").count()
        waiting = self.phone.page.locator("li.set:not(.is-done)").count()
        ways = ["log"] * 6 * bool(waiting) + ["undo"] * bool(self.done) + ["add"] * (rows < 60)
        getattr(self, f"_{self.chance.choice(ways or ['undo'])}")(dies)

    def _log(self, dies: str) -> None:
        row = self.phone.page.locator("li.set:not(.is-done)").first
        uuid = str(row.get_attribute("id")).removeprefix("set-")
        opened = row.locator("xpath=ancestor::details")
        if opened.get_attribute("open") is None:
            opened.locator("summary").tap()
        reps = _reps(row)
        self._until_shown(f"#set-{uuid} .log-btn", f"#set-{uuid} .done-btn", dies)
        self.done[uuid] = reps

    def _undo(self, dies: str) -> None:
        uuid = self.chance.choice(sorted(self.done))
        self._until_shown(f"#set-{uuid} .done-btn", f"#set-{uuid} .log-btn", dies)
        del self.done[uuid]

    def _add(self, dies: str) -> None:
        card = self.phone.page.locator("article form.ex-foot").first
        item = str(card.get_attribute("id")).removeprefix("foot-")
        place = f"#item-{item} li.set"
        many = self.phone.page.locator(place).count()
        self._until_shown(f"#foot-{item} > button", f"{place} >> nth={many}", dies)

    def _until_shown(self, button: str, sign: str, dies: str) -> None:
        """Tap, and again where the phone did not take it, until it shows that it has."""
        self._until(lambda: self._tap(button), lambda: bool(self._place(sign).count()), dies)

    def _until(
        self, act: Callable[[], None], is_shown: Callable[[], bool], dies: str, patience: int = 1
    ) -> None:
        """Act, and again each time it does not show after `patience` looks, until it shows."""
        with suppress(Error):
            act()
        self._kill(dies)
        end = monotonic() + PATIENCE / 1000
        for look in count(1):
            if monotonic() > end:
                break
            with suppress(Error):
                if is_shown():
                    return
                if look % patience == 0 and self._place(".is-painted").count() == 0:
                    act()
                self.phone.page.wait_for_timeout(25)
        raise AssertionError("a tap was never taken")

    def _place(self, selector: str) -> Locator:
        return self.phone.page.locator(selector)

    def _tap(self, button: str) -> None:
        """A tap that waits for nothing. Folded cards are tapped too: another one may be open."""
        self.phone.page.evaluate("(at) => document.querySelector(at)?.click()", button)

    def _kill(self, dies: str) -> None:
        self.phone.page.wait_for_timeout(self.chance.choice([0, 0, 1, 3, 8, 20, 60]))
        if dies == "worker":
            tools = self.context.new_cdp_session(self.phone.page)
            tools.send("ServiceWorker.enable")
            tools.send("ServiceWorker.stopAllWorkers")
            tools.detach()
        if dies == "browser":
            self._kill_browser()
        self.points[dies] += 1

    def _kill_browser(self) -> None:
        """SIGKILL, and open the app again."""
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if f"--user-data-dir={self.folder}".encode() in (process / "cmdline").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)
        self.end()
        self._launch()
        self.phone.open("/session")

    def change_network(self) -> None:
        self.line.set(self.chance.choice(NETWORKS), seconds=0.3)

    def shown(self) -> dict[str, str]:
        """The sets that the page shows as logged, with their reps."""
        rows = self.phone.page.locator("li.set.is-done").all()
        return {str(row.get_attribute("id")).removeprefix("set-"): _reps(row) for row in rows}


def _reps(row: Locator) -> str:
    """The reps of a row; "" where time is measured."""
    return "".join(each.input_value() for each in row.locator("input[name=reps]").all())
