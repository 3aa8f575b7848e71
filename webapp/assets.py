"""Static files: read once, served compressed, immutable under a URL that names their content."""

import gzip
import hashlib
import mimetypes
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
from quart import Response
from werkzeug.http import parse_accept_header

from webapp.here import request
from webapp.settings import ROOT

STATIC = ROOT / "static"
# Made of the scripts in a folder, as webapp/site.py says: minified by `make static`, else here.
BUNDLE, SCRIPT = "edge.js", "app.js"
FOLDERS = {BUNDLE: "edge", SCRIPT: "page"}
LONG = "public, max-age=31536000, immutable"
SMALL = 1000  # bytes
TEXTUAL = ("text/", "application/json", "application/problem")
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json"}


@dataclass(frozen=True)
class Asset:
    """One file in the forms it can be sent in: `bodies[""]` is the plain one."""

    content_type: str
    etag: str
    bodies: dict[str, bytes]

    def answer(self, cache_control: str) -> Response:
        """The file for this request: 304, compressed, or plain."""
        headers = {
            "Cache-Control": cache_control,
            "ETag": f'"{self.etag}"',
            "Vary": "Accept-Encoding",
        }
        if self.etag in request.if_none_match:
            return Response(b"", 304, headers)
        headers["Content-Type"] = self.content_type
        encoding = next((e for e, _ in ENCODINGS if e in self.bodies and _accepts(e)), "")
        if encoding:
            headers["Content-Encoding"] = encoding
        return Response(self.bodies[encoding], 200, headers)


def _accepts(encoding: str) -> bool:
    return encoding in _accepted(request.headers.get("Accept-Encoding", ""))


@lru_cache(maxsize=32)
def _accepted(said: str) -> frozenset[str]:
    """The encodings of ours that a header asks for; there are as many headers as browsers."""
    wanted = parse_accept_header(said)
    return frozenset(each for each, _ in ENCODINGS if wanted[each] > 0)


def read_asset(path: Path) -> Asset:
    """Read a file and the compressed forms beside it; a stale or missing gzip is made here."""
    plain = path.read_bytes()
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    bodies = {"": plain, **_compressed(path, plain)}
    content_type = kind or "application/octet-stream"
    if content_type.startswith("text/") or content_type.endswith(("json", "svg+xml")):
        content_type += "; charset=utf-8"
    return Asset(content_type, hashlib.sha256(plain).hexdigest()[:20], bodies)


def _compressed(path: Path, plain: bytes) -> dict[str, bytes]:
    made = {}
    for encoding, suffix in ENCODINGS:
        beside = path.with_name(path.name + suffix)
        if beside.exists() and beside.stat().st_mtime >= path.stat().st_mtime:
            made[encoding] = beside.read_bytes()
    is_text = path.suffix in (".css", ".js", ".svg", ".json", ".txt")
    if is_text and "gzip" not in made and len(plain) > 1000:
        made["gzip"] = gzip.compress(plain, 6, mtime=0)
    return made


def bundled(names: Iterable[str], folder: Path = STATIC) -> str:
    """These scripts as one, in a scope of its own."""
    texts = [(folder / name).read_text("utf-8") for name in names]
    return "\n".join(["(() => {", *texts, "})();", ""])


def joined(pieces: Mapping[str, str], folder: Path = STATIC) -> str:
    """These scripts as one, each in a scope of its own; a script is run where its selector finds
    something."""
    return "\n".join(
        f'if (document.querySelector("{what}")) (() => {{\n"use strict";\n'
        f"{(folder / name).read_text('utf-8')}}})();"
        for name, what in pieces.items()
    )


def is_stale(name: str, folder: Path = STATIC) -> bool:
    """True when a script that is made of others is missing or older than one of them."""
    sources = [*folder.glob(f"{FOLDERS[name]}/*.js"), ROOT / "webapp" / "site.py"]
    made = folder / name
    return not made.exists() or any(
        source.stat().st_mtime_ns > made.stat().st_mtime_ns for source in sources
    )


def _made_here(plain: bytes) -> Asset:
    bodies = {"": plain, "gzip": gzip.compress(plain, 6, mtime=0)}
    kind = "text/javascript; charset=utf-8"
    return Asset(kind, hashlib.sha256(plain).hexdigest()[:20], bodies)


class Assets:
    """Every file under static/, by its path there, and what is made of them (by name, how); one
    build name for all of them."""

    def __init__(
        self, folder: Path = STATIC, made: Mapping[str, Callable[[], str]] | None = None
    ) -> None:
        paths = [p for p in sorted(folder.rglob("*")) if p.is_file()]
        sources = [p for p in paths if p.suffix not in (".br", ".gz")]
        self.files = {p.relative_to(folder).as_posix(): read_asset(p) for p in sources}
        for name, make in (made or {}).items():
            if is_stale(name, folder):
                self.files[name] = _made_here(make().encode())
        digest = hashlib.sha256()
        for name, asset in self.files.items():
            digest.update(f"{name} {asset.etag}\n".encode())
        self.build = digest.hexdigest()[:10]

    def url(self, name: str) -> str:
        """The URL of a static file; the same prefix for all, so that modules import each other."""
        if name not in self.files:
            raise KeyError(f"no static file {name!r}")
        return f"/static/{self.build}/{name}"


def tagged(response: Response) -> Response:
    """A page with a tag of what it says; 304 without it where the browser has it so already."""
    is_page = request.method == "GET" and response.mimetype == "text/html"
    if response.status_code != 200 or not is_page or "Cache-Control" in response.headers:
        return response
    body = getattr(response.response, "data", b"")
    tag = hashlib.blake2b(body, digest_size=9).hexdigest()
    response.headers["ETag"] = f'W/"{tag}"'
    if request.if_none_match.contains_weak(tag):
        response.status_code = 304
        response.set_data(b"")
    return response


def squeeze(response: Response) -> Response:
    """Compress a text of over a kilobyte on its way out, when the client can read it."""
    body = getattr(response.response, "data", b"")
    if len(body) < SMALL or response.status_code != 200 or "Content-Encoding" in response.headers:
        return response
    if not (response.mimetype or "").startswith(TEXTUAL):
        return response
    encoding = next((each for each, _ in ENCODINGS if _accepts(each)), "")
    if not encoding:
        return response
    response.set_data(_SQUEEZED[encoding](body))
    response.headers["Content-Encoding"] = encoding
    response.headers.add("Vary", "Accept-Encoding")
    return response


# What is large is compressed with less care. Brotli 3 is a little smaller than gzip 5 in half of
# its time, and 5 a sixth smaller for less time where the text is short.
_SQUEEZED = {
    "br": lambda body: brotli.compress(
        body, quality=5 - (len(body) > 8_000) - (len(body) > 16_000)
    ),
    "gzip": lambda body: gzip.compress(body, 5, mtime=0),
}
