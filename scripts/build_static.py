#!/usr/bin/env python3
"""Write a .br and a .gz beside every text file in static/, so that serving never compresses."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import brotli

STATIC = Path(__file__).resolve().parent.parent / "static"
TEXT = {".css", ".html", ".js", ".json", ".svg", ".webmanifest"}


def squeeze(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The compressed forms of one file, each with the suffix it is stored under."""
    yield ".br", brotli.compress(data, mode=brotli.MODE_TEXT, quality=11)
    yield ".gz", gzip.compress(data, compresslevel=9, mtime=0)


def is_stale(source: Path) -> bool:
    """True when a compressed form is missing or older than its source."""
    made = source.stat().st_mtime_ns
    forms = [source.with_name(source.name + suffix) for suffix in (".br", ".gz")]
    return any(not form.exists() or form.stat().st_mtime_ns < made for form in forms)


def sweep(folder: Path) -> None:
    """Remove compressed forms whose source is gone, lest they be served for it."""
    for form in [*folder.rglob("*.br"), *folder.rglob("*.gz")]:
        if not form.with_suffix("").exists():
            form.unlink()


def build(folder: Path = STATIC) -> list[Path]:
    """Compress every stale text file under `folder`; the sources that were compressed."""
    sweep(folder)
    texts = (path for path in sorted(folder.rglob("*")) if path.suffix in TEXT)
    stale = [path for path in texts if is_stale(path)]
    for source in stale:
        for suffix, data in squeeze(source.read_bytes()):
            source.with_name(source.name + suffix).write_bytes(data)
    return stale


if __name__ == "__main__":
    for source in build():
        print(f"compressed {source.relative_to(STATIC)}")
