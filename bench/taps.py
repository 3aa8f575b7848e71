"""From the tap to the painted confirmation, on a phone six times slower than this machine."""

import statistics

from playwright.sync_api import sync_playwright

from tests.browser.phone import Phone, new_phone
from tests.support.chromium import launch_options

TAPS, SLOWER = 40, 6
# Two frames after the click the first paint that shows it is on the screen.
TAP = """() => new Promise((resolve) => {
  const button = document.querySelector('article.is-current li.is-current .log-btn');
  const began = performance.now();
  button.click();
  const looked = () => button.closest('li').matches('.is-painted, .is-done')
    ? requestAnimationFrame(() => resolve(performance.now() - began))
    : requestAnimationFrame(looked);
  requestAnimationFrame(looked);
})"""


def show(url: str) -> None:
    """Print the 50th and 95th percentile over whole workouts."""
    took: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())  # type: ignore[arg-type]
        while len(took) < TAPS:
            phone = new_phone(browser, url)
            phone.register()
            phone.start()
            took += _workout(phone)
        browser.close()
    took.sort()
    print(f"tap to painted confirmation, CPU {SLOWER} times slower (budget: 100 ms p95)")
    print(f"  p50 {statistics.median(took):6.1f} ms")
    print(f"  p95 {took[int(len(took) * 0.95)]:6.1f} ms   of {len(took)} taps")


def _workout(phone: Phone) -> list[float]:
    """Log every set of the workout; how long each tap took to be seen, in milliseconds."""
    devtools = phone.page.context.new_cdp_session(phone.page)
    took = []
    while phone.page.locator("article.is-current li.is-current .log-btn").count():
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        took.append(phone.page.evaluate(TAP))
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        phone.expect_done(len(took))
    return took
