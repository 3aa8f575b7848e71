"""Whose address a request comes from: what a listed proxy says, and nobody else."""

from dataclasses import replace
from typing import Any

import pytest
from quart import Quart, request

from webapp.security import client_address
from webapp.settings import Settings

PROXIES = ("127.0.0.1", "10.0.0.0/8")


async def found(
    app: Quart, settings: Settings, peer: str, said: list[str], proxies: tuple[str, ...] = PROXIES
) -> str:
    """The address of a request from `peer` with these X-Forwarded-For headers, in their order."""
    app.config["SETLOG"] = replace(settings, trusted_proxies=proxies)
    headers: Any = [("X-Forwarded-For", each) for each in said]
    async with app.test_request_context("/", headers=headers):
        request.remote_addr = peer
        return client_address()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], "127.0.0.1"),
        (["192.0.2.1"], "192.0.2.1"),
        (["192.0.2.1, 10.1.2.3"], "192.0.2.1"),
        (["203.0.113.9, 192.0.2.1"], "192.0.2.1"),
        (["203.0.113.9", "192.0.2.1"], "192.0.2.1"),
        (["203.0.113.9, 203.0.113.8", "192.0.2.1, 10.1.2.3"], "192.0.2.1"),
        (["127.0.0.1, 192.0.2.1"], "192.0.2.1"),
        (["203.0.113.9, , 192.0.2.1"], "192.0.2.1"),
        (["2001:db8::1"], "2001:db8::1"),
    ],
    ids=repr,
)
async def test_the_nearest_that_is_no_proxy_of_ours_counts(
    app: Quart, settings: Settings, said: list[str], expected: str
) -> None:
    """Whoever asks can write what they like to the left of what our proxy saw."""
    assert await found(app, settings, "127.0.0.1", said) == expected


@pytest.mark.parametrize("said", [["192.0.2.1"], ["10.0.0.1", "192.0.2.1"], ["x" * 9000]], ids=len)
async def test_nobody_else_is_believed(app: Quart, settings: Settings, said: list[str]) -> None:
    assert await found(app, settings, "198.51.100.7", said) == "198.51.100.7"
    assert await found(app, settings, "127.0.0.1", said, proxies=()) == "127.0.0.1"


async def test_what_is_no_address_is_nobody_we_trust(app: Quart, settings: Settings) -> None:
    for odd in ("unknown", "_hidden", "<script>", "10.0.0.1:8080", "999.1.1.1"):
        assert await found(app, settings, "127.0.0.1", [f"192.0.2.1, {odd}"]) == odd
