"""Setlog can be put on the home screen, and its first load is small."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright

from tests.browser.phone import Phone
from tests.support.chromium import launch_options


def test_chromium_finds_nothing_that_keeps_it_from_being_installed(
    playwright: Playwright, site: str, tmp_path: Path
) -> None:
    # Only a persistent context can install: an incognito one answers that it is one.
    options: Any = launch_options()
    context = playwright.chromium.launch_persistent_context(str(tmp_path), **options)
    try:
        page = context.new_page()
        page.goto(site + "/login")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        devtools = context.new_cdp_session(page)
        assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
        manifest = devtools.send("Page.getAppManifest")
        assert manifest["errors"] == []
    finally:
        context.close()


def test_the_first_load_is_small(phones: Callable[..., Phone]) -> None:
    phone = phones(service_workers="block")  # the worker fills its cache after the first load
    devtools = phone.page.context.new_cdp_session(phone.page)
    phone.register()
    phone.start()
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[int] = []

    def add(event: dict[str, Any]) -> None:
        if event["encodedDataLength"]:  # a picture inside the style sheet is no request
            sizes.append(event["encodedDataLength"])

    devtools.on("Network.loadingFinished", add)
    for path in ("/", "/session"):
        phone.page.wait_for_load_state("networkidle")
        sizes.clear()
        phone.open(path)
        phone.page.wait_for_load_state("networkidle")
        assert len(sizes) <= 8, (path, sizes)
        assert sum(sizes) <= 40_000, (path, sizes)
