#!/usr/bin/env python3
"""Make what is served of what is written: edge.js and app.js, the scripts of the service worker
and of the pages as one; a .br and a .gz beside every text file in static/, so that serving never
compresses; and the templates compiled, in build/."""

import gzip
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import brotli

STATIC = Path(__file__).resolve().parent.parent / "static"
ORDER = STATIC.parent / "webapp" / "site.py"  # which scripts the worker has
TEMPLATES = STATIC.parent / "templates"
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


def is_older(made: Path, sources: Iterable[Path]) -> bool:
    """True when what is made of these is missing, or older than one of them."""
    newest = max(source.stat().st_mtime_ns for source in sources)
    return not made.exists() or made.stat().st_mtime_ns < newest


def bundle() -> None:
    """Write static/edge.js and static/app.js anew when a script of theirs has changed."""
    if is_older(STATIC / "edge.js", [*STATIC.glob("edge/*.js"), ORDER]):
        from webapp import assets, site  # slow to import, and seldom needed

        # The templates are short as they are, and compress better with the same letters in all.
        templates, *others = site.EDGE
        said = (STATIC / templates).read_text("utf-8").partition("\n")[2]
        (STATIC / "edge.js").write_text(said + minified(assets.bundled(others)), "utf-8")
    if is_older(STATIC / "app.js", [*STATIC.glob("page/*.js"), ORDER]):
        from webapp import assets, site

        (STATIC / "app.js").write_text(minified(assets.joined(site.PAGE)), "utf-8")


def minified(script: str) -> str:
    """The script with short names and nothing to read; as it is where there is no minifier."""
    try:
        import minify
    except ImportError:
        return script
    short: str = minify.string("text/javascript", script)
    return short.replace("const ", "let ")  # which the minifier could do, too


def compile_templates(made: Path = STATIC.parent / "build" / "templates") -> None:
    """Compile every template when one of them, or what compiles them, has changed."""
    jinja = find_spec("jinja2")
    makers = [STATIC.parent / "webapp" / "templating.py", Path(str(jinja and jinja.origin))]
    sources = [*TEMPLATES.rglob("*.html"), *makers]
    if is_older(made, sources):
        from webapp.templating import compile_all

        compile_all(TEMPLATES, made)


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
    bundle()
    compile_templates()
    for source in build():
        print(f"compressed {source.relative_to(STATIC)}")
