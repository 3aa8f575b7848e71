"""What every answer and every write is held to: headers, same-origin writes, CORS, addresses."""

import hashlib
import re
from ipaddress import ip_address, ip_network
from random import getrandbits
from urllib.parse import urlsplit

from itsdangerous import URLSafeTimedSerializer
from quart import Response

from webapp.here import current_app, g, heard, request
from webapp.problems import forbidden
from webapp.settings import Settings

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
PRIVATE = "private, no-cache"  # unless an answer says otherwise
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CORS_METHODS = "GET, POST, PUT, PATCH, DELETE"
CORS_HEADERS = "Authorization, Content-Type, Idempotency-Key, If-Match, Accept-Profile"
CORS_EXPOSED = "Location, ETag, Link, Retry-After, X-Request-Id, Idempotent-Replayed"
SESSION_COOKIES = frozenset(("setlog", "__Host-setlog"))  # the others let nobody in
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}\Z")


def settings() -> Settings:
    found: Settings = current_app.config["SETLOG"]
    return found


def sealer(salt: str) -> URLSafeTimedSerializer:
    """What signs a text that a browser brings back; `salt` says what for."""
    how = {"digest_method": hashlib.sha256}
    return URLSafeTimedSerializer(settings().secret_key, salt=salt, signer_kwargs=how)


def name_request() -> None:
    """Give the request an id: the one a proxy sent when it is well formed, else a new one."""
    sent = request.headers.get("X-Request-Id", "")
    g.request_id = sent if REQUEST_ID.match(sent) else f"{getrandbits(128):032x}"


def refuse_cross_site() -> None:
    """Refuse a write that a cookie allows but another site caused. Raises Problem 403.

    Bearer tokens are never sent by a browser on its own, so they need no such proof.
    """
    said = heard()
    headers = said.headers
    if said.method in SAFE or "Authorization" in headers:
        return
    origin = headers.get("Origin")
    is_signed_in = bool(SESSION_COOKIES & said.cookies.keys())
    if said.path.startswith("/api/") and (not is_signed_in or origin in _listed()):
        return
    site = headers.get("Sec-Fetch-Site")
    own = urlsplit(origin).netloc == said.host if origin else not said.cookies
    if site != "same-origin" if site else not own:
        raise forbidden("This request came from another site")


def _listed() -> tuple[str, ...]:
    return settings().cors_origins


def absolute(path: str) -> str:
    """The whole URL of a path of this site, as people outside of it use it."""
    scheme = "http" if settings().insecure_http else "https"
    return f"{scheme}://{request.host}{path}"


def client_address() -> str:
    """Who is at the other end, past the proxies we were told to trust."""
    address = request.remote_addr or ""
    # Some proxies lengthen the header, others add one of their own behind it.
    said = ",".join(request.headers.getlist("X-Forwarded-For"))
    hops = [hop.strip() for hop in said.split(",")]
    while hops and _is_trusted(address):
        address = hops.pop() or address
    return address


def _is_trusted(address: str) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    networks = (ip_network(n, strict=False) for n in settings().trusted_proxies)
    return any(parsed in network for network in networks)


def preflight() -> Response | None:
    """The answer to a CORS preflight of a listed origin; None for any other request."""
    if request.method != "OPTIONS" or "Access-Control-Request-Method" not in request.headers:
        return None
    if request.headers.get("Origin") not in _listed():
        return None
    headers = {
        "Access-Control-Allow-Methods": CORS_METHODS,
        "Access-Control-Allow-Headers": CORS_HEADERS,
        "Access-Control-Max-Age": "7200",
    }
    return Response("", 204, headers)


def fixed_headers(settings: Settings) -> list[tuple[bytes, bytes]]:
    """The headers that every answer carries, encoded once."""
    always = dict(HEADERS)
    if not settings.insecure_http:
        always["Strict-Transport-Security"] = "max-age=31536000"
    return [(name.lower().encode(), value.encode()) for name, value in always.items()]


def protect(response: Response) -> Response:
    """Add the request's id, how it may be cached, and CORS for listed origins."""
    response.headers.add("X-Request-Id", g.get("request_id", ""))
    response.headers.setdefault("Cache-Control", PRIVATE)
    origin = request.headers.get("Origin")
    if origin is not None and origin in _listed() and request.path.startswith("/api/"):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Access-Control-Expose-Headers"] = CORS_EXPOSED
        response.headers.add("Vary", "Origin")
    return response
