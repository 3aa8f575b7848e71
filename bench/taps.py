"""From the tap to the painted confirmation, on a phone six times slower than this machine."""

import statistics
from collections.abc import Callable

from playwright.sync_api import Browser, CDPSession, FloatRect, sync_playwright

from tests.browser.gym import leave, ready, start
from tests.browser.phone import Phone, new_phone
from tests.support.chromium import launch_options
from tests.support.faults import Faults, faulty

TAPS, SLOWER, RESTS = 70, 6, 50  # milliseconds that a thumb rests on the glass
NETWORKS: dict[str, Callable[[Phone, Faults], None]] = {
    "online": lambda phone, line: None,
    "server 5 s slow": lambda phone, line: line.set("delay", seconds=5),
    "no signal": leave,
}
# The browser itself says when the frame after a tap was on the screen, in steps of 8 ms; nothing
# below 16. A tap whose row is not in that very frame counts until the one that it is in.
WATCH = """() => {
  window.taps = [];
  addEventListener('click', ({timeStamp: at, target}) => {
    const {id} = target.closest('li.set'), is = (now) => document.getElementById(id).matches(now);
    const tap = {at, frame: 16}, painted = '.is-painted, .is-done';
    const until = (what, selector) => {
      const look = () => {
        if (!is(selector)) return requestAnimationFrame(look);
        tap[what] = performance.now() - at;
      };
      requestAnimationFrame(look);
    };
    requestAnimationFrame(() => { tap.isInFrame = is(painted); });
    until('shown', painted);
    until('answered', '.is-done:not(.is-painted)');
    taps.push(tap);
  }, true);
  new PerformanceObserver((list) => {
    for (const {name, startTime, duration} of list.getEntries())
      for (const tap of taps) if (name === 'click' && tap.at === startTime) tap.frame = duration;
  }).observe({type: 'event', durationThreshold: 16});
}"""
TOLD = """() => new Promise((done) => {
  const {frame, shown, isInFrame, answered} = taps.at(-1);
  done([isInFrame ? frame : shown + 16, answered]);
})"""
IS_ANSWERED = "() => taps.at(-1)?.answered > 0"


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
    """Log every set of the workout by thumb; for each tap, after how many milliseconds it was
    painted, and after how many the phone's own answer was."""
    devtools = phone.page.context.new_cdp_session(phone.page)
    button = phone.page.locator("article.is-current li.is-current .log-btn")
    phone.page.evaluate(WATCH)
    took: list[list[float]] = []
    while button.count():
        button.scroll_into_view_if_needed()
        place = button.bounding_box()
        assert place
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        _touch(phone, devtools, place)
        phone.page.wait_for_timeout(400)  # what asks the page would be in the tap's way
        phone.page.wait_for_function(IS_ANSWERED, polling=100)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        phone.expect_done(len(took) + 1)
        took.append(phone.page.evaluate(TOLD))
    return took


def _touch(phone: Phone, devtools: CDPSession, place: FloatRect) -> None:
    """A thumb in the middle of it. Playwright's own `tap` listens in the page while it taps, and
    lifts the thumb before it has come down."""
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    down = {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    devtools.send("Input.dispatchTouchEvent", down)
    phone.page.wait_for_timeout(RESTS)
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
