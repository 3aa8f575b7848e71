"""Where a message may be sent: to the internet, never into our own network unless that is set."""

import asyncio
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from webapp.settings import Settings, is_loopback

LONGEST = 2048
PORT, PLAIN_PORT = 443, 80
FREE_PORTS = 1024  # from here on nothing listens that only machines of one network talk to
# What else looks public to Python is of a network: IPv4 written as IPv6, translators of one's own.
INTERNET_6 = (IPv6Network("2000::/3"), IPv6Network("64:ff9b::/96"))
# Where clouds tell a machine its secrets, beside link-local addresses.
OF_CLOUDS = frozenset(
    map(ip_address, ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254"))
)


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
    parts = _parts(endpoint)
    if settings.insecure_http and is_loopback(endpoint):
        return parts
    _plain(endpoint)
    if parts.port not in (None, PORT):
        raise Unreachable("it is not https")
    return _public(parts)


def check_webhook(url: str, settings: Settings) -> SplitResult:
    """The same for an address that a person names: https on the internet; where private networks
    are allowed, anywhere, and plain http as well. Raises Unreachable."""
    parts = _parts(url)
    _plain(url)
    if settings.webhooks_private and parts.scheme in ("http", "https"):
        if (literal := _literal(parts.hostname or "")) is not None and not is_off_link(literal):
            raise Unreachable("it is where clouds keep secrets")
        return parts
    if parts.port is not None and parts.port != PORT and parts.port < FREE_PORTS:
        raise Unreachable(f"port {parts.port} is not one for webhooks")
    return _public(parts)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_one = parts.username is None and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise Unreachable("it is no URL") from error
    if not is_one:
        raise Unreachable("it is no plain URL")
    return parts


def _plain(endpoint: str) -> None:
    is_printable = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
    if not (is_printable and len(endpoint) <= LONGEST):
        raise Unreachable("it is no plain URL")


def _public(parts: SplitResult) -> SplitResult:
    if parts.scheme != "https":
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
    is_6 = isinstance(address, IPv6Address) and not address.ipv4_mapped
    if is_6 and not any(address in each for each in INTERNET_6):
        return False
    all_of_it = (address, *_inner(address))
    return is_off_link(address) and all(e.is_global and not e.is_multicast for e in all_of_it)


def is_off_link(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is none of those where clouds hand out a machine's secrets."""
    all_of_it = (address, *_inner(address))
    return not any(each.is_link_local or each in OF_CLOUDS for each in all_of_it)


def _inner(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    if not isinstance(address, IPv6Address):
        return []
    teredo = address.teredo or ()
    said = [address.ipv4_mapped, address.sixtofour, *teredo, _translated(address)]
    return [each for each in said if each is not None]


def _translated(address: IPv6Address) -> IPv4Address | None:
    is_nat64 = int(address) >> 32 == int(IPv6Address("64:ff9b::")) >> 32
    return IPv4Address(int(address) & 0xFFFFFFFF) if is_nat64 else None


async def target(endpoint: str, settings: Settings) -> Target:
    """Where to send to. The name is looked up once and the address is what is connected to, so
    that it cannot mean another one a moment later. Raises Unreachable."""
    parts = check(endpoint, settings)
    if parts.scheme == "http":
        return Target(endpoint, parts.hostname or "")
    return await _target(parts, is_private=False)


async def webhook_target(url: str, settings: Settings) -> Target:
    """The same for an address that a person named. Raises Unreachable."""
    return await _target(check_webhook(url, settings), settings.webhooks_private)


async def _target(parts: SplitResult, is_private: bool) -> Target:
    host = parts.hostname or ""
    found = [ip_address(address) for address in await _looked_up(host)]
    if not found or not all(map(is_off_link if is_private else is_public, found)):
        raise Unreachable("its name is of a private network")
    first = found[0]
    literal = f"[{first}]" if first.version == 6 else str(first)
    port = parts.port or (PORT if parts.scheme == "https" else PLAIN_PORT)
    return Target(parts._replace(netloc=f"{literal}:{port}").geturl(), host)


async def _looked_up(host: str) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable("its name is not known") from error
    return [str(each[4][0]).partition("%")[0] for each in found]
