"""docs/security.md names tests that there are, for every chapter of the standard."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)`")
PROMISE = re.compile(r"^\| (V[^|]*)\|([^|]*)\|([^|]*)\|$", re.MULTILINE)


def test_every_test_it_names_exists() -> None:
    named = set(NAMED.findall(TEXT))
    assert len(named) > 30
    assert [each for each in sorted(named) if not (ROOT / each).is_file()] == []


def test_every_promise_names_a_test() -> None:
    promises = PROMISE.findall(TEXT)
    assert len(promises) > 20
    for chapter, promise, tests in promises:
        assert NAMED.search(tests) or "none" in promise, chapter


def test_every_chapter_of_the_standard_is_spoken_of() -> None:
    chapters = {int(number) for number in re.findall(r"\bV(\d+)", TEXT)}
    chapters |= {
        number
        for first, last in re.findall(r"\bV(\d+)[\d.]*–V(\d+)", TEXT)
        for number in range(int(first), int(last) + 1)
    }
    assert chapters >= set(range(1, 18))


def test_what_it_says_of_settings_and_headers_is_so() -> None:
    from webapp import auth, passwords, security
    from webapp.wire import hearing

    assert f"{auth.IDLE.days} days unused" in TEXT
    assert "trusted types" in TEXT and "require-trusted-types-for" not in security.CSP
    assert f"{passwords.SHORTEST} to {passwords.LONGEST} characters" in TEXT
    assert f"{passwords.MOST_WAITING} wait for a hash" in TEXT
    assert hearing.LENGTHS == (b"content-length", b"transfer-encoding")
