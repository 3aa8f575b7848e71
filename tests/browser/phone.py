"""A phone with a person's thumb: it counts taps and watches what a good page never does."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.sync_api import Browser, Error, Locator, Page, expect

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe-4.14.1.min.js"
# Pictures are for people: they are taken when asked for.
IS_PHOTOGRAPHED = os.environ.get("SETLOG_PHOTOGRAPHS") == "1"
SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"
PASSWORD = "a long enough passphrase"
PATIENCE = 40_000  # milliseconds: the two engines share two cores
MIRRORED = 4  # documents: now, plans, library and the frame of the pages
ZONE = "Europe/Berlin"
# What axe-core finds in a theme alone: the rest of a page is the same in every one.
OF_COLORS = ["color-contrast", "link-in-text-block"]
_people = count(1)
expect.set_options(timeout=PATIENCE)

# What a page must never do is written down where it happens, from the first script on.
WATCH = """
window.seen = {focused: [], violations: []};
document.addEventListener('securitypolicyviolation', (event) =>
  window.seen.violations.push(event.violatedDirective + ' ' + event.blockedURI));
document.addEventListener('focusin', ({target}) => {
  const opens = target.matches('textarea, input') &&
    !['radio', 'checkbox', 'hidden', 'submit', 'button'].includes(target.type);
  if (opens) window.seen.focused.push(target.name);
});
"""

# What the worker keeps, looked at from outside: documents by name, operations not sent, refusals.
KEPT = """
new Promise((done) => {
  const opening = indexedDB.open("setlog");
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => done([{}, [], []]);
  opening.onsuccess = async () => {
    const db = opening.result, all = (name, how) => new Promise((found) => {
      const asked = db.transaction(name).objectStore(name)[how]();
      asked.onsuccess = () => found(asked.result);
    });
    const names = await all("docs", "getAllKeys"), docs = await all("docs", "getAll");
    const ops = await all("outbox", "getAll"), refused = await all("refused", "getAll");
    db.close();
    const kept = Object.fromEntries(names.map((name, at) => [name, docs[at]]));
    done([kept, ops.filter((op) => !op.sent), refused]);
  };
})
"""


@dataclass
class Phone:
    """One page of a browser, used by thumb. `site` is the server's URL."""

    page: Page
    site: str
    name: str = ""
    zone: str = ""
    taps: int = 0
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    focused: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note console errors and every request that leaves the site."""
        self.page.add_init_script(WATCH)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._see)

    def _hear(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} {message.location['url']}")

    def _see(self, request: Any) -> None:
        self.requests.append(request.url)
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.strangers.append(request.url)

    def open(self, path: str) -> None:
        self.remember()
        self.page.goto(self.site + path)

    def tap(self, target: Locator) -> None:
        """Tap once; a counted tap."""
        self.taps += 1
        target.tap()

    def kept(self) -> tuple[dict[str, Any], list[Any], list[Any]]:
        """What is on the phone: documents by name, operations not sent yet, refusals."""
        documents, unsent, refused = self.page.evaluate(KEPT)
        return documents, unsent, refused

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until it is so; `what` is said when it does not come."""
        end = monotonic() + PATIENCE / 1000
        while monotonic() < end:
            with suppress(Error):  # a page that goes answers nothing
                if is_so():
                    return
            self.page.wait_for_timeout(40)
        raise AssertionError(f"it never came: {what}")

    def until_offline_ready(self) -> None:
        """The worker has all that it needs to do without the server."""
        has_all = lambda: len(self.kept()[0]) >= MIRRORED  # noqa: E731
        self.until(has_all, "a whole mirror")
        controlled = "Boolean(navigator.serviceWorker.controller)"
        self.until(lambda: bool(self.page.evaluate(controlled)), "a worker in charge")

    def until_sent(self) -> None:
        """Nothing waits on the phone any more."""
        self.until(lambda: not self.kept()[1], "an empty outbox")

    def remember(self) -> None:
        """Collect what the current document noted; a new one starts with nothing."""
        if self.page.url.startswith(self.site):
            seen = self.page.evaluate("window.seen || {focused: [], violations: []}")
            self.focused += seen["focused"]
            self.violations += seen["violations"]

    def send(self, path: str, **form: str) -> None:
        """Post a page's form with the person's cookie, as a browser does, past the page and its
        worker; it must go well."""
        headers = {"Accept": "text/html", "Origin": self.site}
        said: dict[str, str | float | bool] = {**form}
        asked = self.page.context.request
        answer = asked.post(self.site + path, form=said, headers=headers, max_redirects=0)
        assert answer.status == 303, (path, answer.status, answer.text())

    def sign_up(self) -> str:
        """Make an account, opening no page; the user name."""
        name = self.name = f"ann{next(_people)}"
        zone = {"timezone": self.zone} if self.zone else {}
        self.send("/register", username=name, password=PASSWORD, **zone)
        return name

    def register(self) -> str:
        """Make an account and land on Today; the user name."""
        name = self.sign_up()
        self.open("/")
        return name

    def register_by_hand(self) -> str:
        """The same on the page that is for it."""
        name = self.name = f"ann{next(_people)}"
        self.open("/register")
        self.page.get_by_label("User name").fill(name)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Create account").click()
        self.page.wait_for_url(self.site + "/")
        return name

    def sign_in(self, name: str, password: str = PASSWORD) -> None:
        """Be somebody who has an account, opening no page."""
        self.send("/login", login=name, password=password)

    def start(self, starter: str = "Full body") -> None:
        """Take a starter program and start the routine whose turn it is: two taps."""
        self.tap(self.page.locator(".starter button", has_text=starter).first)
        self.tap(self.page.locator(".start.is-next button"))
        self.page.wait_for_url(self.site + "/session")

    def log_next(self) -> None:
        """Tap the big button of the set that is next, and see the server's answer on the page."""
        done = self.page.locator("li.set.is-done").count()
        self.tap(self.page.locator("article.is-current li.is-current .log-btn"))
        self.expect_done(done + 1)

    def expect_done(self, amount: int) -> None:
        """The server's own painting of `amount` logged sets is on the page."""
        expect(self.page.locator("li.set.is-done .done-btn")).to_have_count(amount)
        expect(self.page.locator(".is-painted")).to_have_count(0)

    def violations_of_axe(self, *rules: str) -> list[str]:
        """What axe-core finds on this page: rule and first place, each a line. All rules, or
        these."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text())
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        options |= {"runOnly": rules} if rules else {}
        found = self.page.evaluate("(options) => axe.run(document, options)", options)
        return [
            f"{each['id']}: {each['nodes'][0]['target']} {each['nodes'][0]['failureSummary']}"
            for each in found["violations"]
        ]

    def violations_in_both_themes(self) -> list[str]:
        """What axe-core finds on this page in the light, and of its colors in the dark."""
        return self.violations_of_axe() + self._violations_in_the_dark()

    def _violations_in_the_dark(self) -> list[str]:
        self.page.emulate_media(color_scheme="dark")
        found = self.violations_of_axe(*OF_COLORS)
        self.page.emulate_media(color_scheme="light")
        return [f"dark {each}" for each in found]

    def flaws(self, sizes: Iterable[tuple[int, int]], picture: str) -> list[str]:
        """What axe-core finds on screens of these sizes and in the dark, and what is wider."""
        found = []
        for size in sizes:
            wide = self.overflows([size], picture).items()
            found += [f"{size[0]} pixels: {more} too wide" for _, more in wide]
            found += [f"{size[0]} pixels: {each}" for each in self.violations_of_axe()]
        return found + self._violations_in_the_dark()

    def overflows(self, sizes: Iterable[tuple[int, int]], picture: str = "") -> dict[int, int]:
        """By how many pixels the page is wider than screens of these sizes, by their width; a
        picture of each, if it has a name."""
        wide = {}
        for width, height in sizes:
            self.page.set_viewport_size({"width": width, "height": height})
            if self.overflow() > 0:
                wide[width] = self.overflow()
            self.photograph(f"{width}-{picture}")
        return wide

    def overflow(self) -> int:
        """By how many pixels the page is wider than the screen."""
        width: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width

    def photograph(self, name: str) -> None:
        """Keep a picture of the screen for people to look at, if they want it."""
        if not IS_PHOTOGRAPHED:
            return
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


def new_phone(browser: Browser, site: str, **options: Any) -> Phone:
    """A phone of 390 by 844 (or as `options` say), touched by a thumb."""
    size, zone = options.pop("size", (390, 844)), options.pop("timezone_id", ZONE)
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        has_touch=True,
        is_mobile=True,
        device_scale_factor=options.pop("scale", 2),
        timezone_id=zone,
        **options,
    )
    context.set_default_timeout(PATIENCE)
    phone = Phone(context.new_page(), site, zone=zone or "")
    phone.watch()
    return phone
