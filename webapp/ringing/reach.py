"""Where a message may be sent: push services on the internet, never into our own network."""

import asyncio
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from webapp.settings import Settings, is_loopback

LONGEST = 2048
PORT = 443


class Unreachable(ValueError):
    """An endpoint that nothing is sent to; its text is for the log."""


@dataclass(frozen=True)
class Target:
    """An address that was looked at, and the name that its certificate has to be for."""

    url: str
    host: str


def check(endpoint: str, settings: Settings) -> SplitResult:
    """The endpoint in its parts. Raises Unreachable for one that cannot be a push service's; on a
    machine of one's own (plain http is allowed) one on the machine itself may be."""
    try:
        parts = urlsplit(endpoint)
        is_plain = parts.username is None and parts.hostname is not None and parts.port != 0
    except ValueError as error:
        raise Unreachable("it is no URL") from error
    if settings.insecure_http and is_loopback(endpoint):
        return parts
    is_printable = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
    if not (is_plain and is_printable and len(endpoint) <= LONGEST):
        raise Unreachable("it is no plain URL")
    if parts.scheme != "https" or parts.port not in (None, PORT):
        raise Unreachable("it is not https")
    if (literal := _literal(parts.hostname or "")) is not None and not is_public(literal):
        raise Unreachable("it is in a private network")
    return parts


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is on the internet, also when it is one of IPv4 in IPv6's clothes."""
    inner: list[IPv4Address | None] = []
    if isinstance(address, IPv6Address):
        teredo = address.teredo or ()
        inner = [address.ipv4_mapped, address.sixtofour, *teredo, _translated(address)]
    return address.is_global and not address.is_multicast and all(map(_is_public, inner))


def _is_public(inner: IPv4Address | None) -> bool:
    return inner is None or (inner.is_global and not inner.is_multicast)


def _translated(address: IPv6Address) -> IPv4Address | None:
    is_nat64 = int(address) >> 32 == int(IPv6Address("64:ff9b::")) >> 32
    return IPv4Address(int(address) & 0xFFFFFFFF) if is_nat64 else None


async def target(endpoint: str, settings: Settings) -> Target:
    """Where to send to. The name is looked up once and the address is what is connected to, so
    that it cannot mean another one a moment later. Raises Unreachable."""
    parts = check(endpoint, settings)
    host = parts.hostname or ""
    if parts.scheme == "http":
        return Target(endpoint, host)
    found = [ip_address(address) for address in await _looked_up(host)]
    if not found or not all(is_public(address) for address in found):
        raise Unreachable("its name is of a private network")
    first = found[0]
    literal = f"[{first}]" if first.version == 6 else str(first)
    return Target(parts._replace(netloc=f"{literal}:{PORT}").geturl(), host)


async def _looked_up(host: str) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable("its name is not known") from error
    return [str(each[4][0]).partition("%")[0] for each in found]
