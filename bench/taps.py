"""From the tap to the painted confirmation, on a phone six times slower than this machine."""

import statistics
from collections.abc import Callable

from playwright.sync_api import Browser, sync_playwright

from tests.browser.gym import leave, ready, start
from tests.browser.phone import Phone, new_phone
from tests.support.chromium import launch_options
from tests.support.faults import Faults, faulty

TAPS, SLOWER = 28, 6
NETWORKS: dict[str, Callable[[Phone, Faults], None]] = {
    "online": lambda phone, line: None,
    "server 5 s slow": lambda phone, line: line.set("delay", seconds=5),
    "no signal": leave,
}
# One frame after it was found, the first paint that shows it is on the screen.
TAP = """() => {
  const {id} = document.querySelector('article.is-current li.is-current');
  const began = performance.now(), row = () => document.getElementById(id);
  const until = (isSo) => new Promise((resolve) => {
    const shown = () => resolve(performance.now() - began);
    const look = () => requestAnimationFrame(isSo() ? shown : look);
    requestAnimationFrame(look);
  });
  row().querySelector('.log-btn').click();
  return Promise.all([
    until(() => row().matches('.is-painted, .is-done')),
    until(() => row().matches('.is-done:not(.is-painted)')),
  ]);
}"""


def show(url: str) -> None:
    """Print the 50th and 95th percentile over whole workouts, with each kind of signal."""
    print(f"from the tap, the page's CPU {SLOWER} times slower (budget: painted in 100 ms p95)")
    print(f"  {'':18}{'painted p50':>14}{'p95':>8}{'answered p50':>16}{'p95':>8} ms")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())  # type: ignore[arg-type]
        for name, go in NETWORKS.items():
            with faulty(url) as line:
                _print(name, _taps(browser, line, go))
        browser.close()


def _print(name: str, took: list[list[float]]) -> None:
    painted, answered = (sorted(each) for each in zip(*took, strict=True))
    p95 = int(len(took) * 0.95)
    print(
        f"  {name:18}{statistics.median(painted):14.1f}{painted[p95]:8.1f}"
        f"{statistics.median(answered):16.1f}{answered[p95]:8.1f}    of {len(took)} taps"
    )


def _taps(browser: Browser, line: Faults, go: Callable[[Phone, Faults], None]) -> list[list[float]]:
    took: list[list[float]] = []
    while len(took) < TAPS:
        line.set("pass")
        phone = ready(new_phone(browser, line.url))
        go(phone, line)
        start(phone)
        took += _workout(phone)
        phone.page.context.close()
    return took


def _workout(phone: Phone) -> list[list[float]]:
    """Log every set of the workout; for each tap, after how many milliseconds it was painted, and
    after how many the phone's own answer was."""
    devtools = phone.page.context.new_cdp_session(phone.page)
    took = []
    while phone.page.locator("article.is-current li.is-current .log-btn").count():
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        took.append(phone.page.evaluate(TAP))
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        phone.expect_done(len(took))
    return took
