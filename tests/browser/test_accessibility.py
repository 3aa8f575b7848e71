"""Every page: nothing for axe-core to find in both themes, nothing wider than any screen."""

from collections.abc import Callable

from tests.browser.phone import Phone

PAGES = (
    "/",
    "/session",
    "/session/add",
    "/session/finish",
    "/workouts",
    "/workouts/calendar",
    "/workouts/filter",
    "/workouts/trash",
    "/routines",
    "/routines/new",
    "/routines/starters",
    "/exercises",
    "/exercises/new",
    "/more",
    "/settings",
    "/settings/devices",
    "/settings/tokens",
    "/settings/password",
    "/settings/account",
    "/docs",
    "/docs/live",
    "/docs/guide",
    "/offline",
    "/unsent",
)


SIZES = [(320, 568), (390, 844), (1280, 800)]


def test_no_page_has_anything_for_axe_to_find(phones: Callable[..., Phone]) -> None:
    phone = phones(bypass_csp=True)
    found: list[str] = []
    for path in ("/login", "/register"):
        phone.open(path)
        found += [f"{path} {each}" for each in phone.violations_in_both_themes()]
    phone.register()
    phone.start()
    for _ in range(2):
        phone.log_next()
    linked = ("/routines", "/exercises")
    for path in (*PAGES, *(_first_of(phone, each) for each in linked)):
        phone.open(path)
        if path.startswith("/docs/"):
            phone.page.evaluate(
                "for (const each of document.querySelectorAll('details')) each.open = true"
            )
        found += [f"{path} {each}" for each in phone.violations_in_both_themes()]
    assert found == []


def _first_of(phone: Phone, path: str) -> str:
    phone.open(path)
    link = phone.page.locator(f"main a[href^='{path}/']:not([href$=new]):not([href*=starters])")
    return link.first.get_attribute("href") or path


def test_no_page_is_wider_than_the_screen(phone: Phone) -> None:
    phone.register()
    phone.start()
    phone.log_next()
    wide = {}
    for path in (*PAGES, _first_of(phone, "/routines"), _first_of(phone, "/exercises")):
        phone.open(path)
        if found := phone.overflows(SIZES, f"page{path.replace('/', '-')[:40]}"):
            wide[path] = found
    assert wide == {}
