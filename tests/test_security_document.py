"""docs/security.md names tests that there are, for every chapter of the standard."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)`")
# How many requirements of levels 1 and 2 each section of ASVS 5.0 has; those of 3 come after them.
# 253 in all, as the standard says.
LEVEL_2 = {
    1: (2, 9, 11, 3, 2), 2: (3, 3, 4, 1), 3: (0, 2, 4, 6, 5, 0, 2), 4: (3, 1, 2, 4),
    5: (1, 3, 2, 3), 6: (3, 12, 4, 4, 5, 3, 0, 4), 7: (3, 4, 2, 5, 2, 2), 8: (2, 3, 1, 1),
    9: (3, 4), 10: (2, 2, 4, 11, 5, 2, 3), 11: (2, 3, 3, 4, 1, 1), 12: (3, 2, 4),
    13: (1, 5, 2, 5), 14: (2, 4, 3), 15: (3, 3, 7), 16: (1, 5, 4, 3, 3), 17: (1, 4, 2),
}  # fmt: skip
NUMBER = re.compile(r"\bV(\d+)\.(\d+)\.(\d+)(?:–V(\d+)\.(\d+)\.(\d+))?")
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


def test_every_requirement_of_level_2_is_spoken_of() -> None:
    """As promised, as not met, or as one that does not apply."""
    said = set()
    for chapter, section, first, *end in NUMBER.findall(TEXT):
        assert not end[0] or end[:2] == [chapter, section], (chapter, section, first)
        numbers = range(int(first), int(end[2] or first) + 1)
        said |= {(int(chapter), int(section), number) for number in numbers}
    wanted = {
        (chapter, section, number)
        for chapter, counts in LEVEL_2.items()
        for section, count in enumerate(counts, 1)
        for number in range(1, count + 1)
    }
    assert len(wanted) == 253
    assert sorted(wanted - said) == []


def test_what_it_says_of_settings_and_headers_is_so() -> None:
    from webapp import auth, passwords, security
    from webapp.wire import hearing

    assert f"{auth.IDLE.days} days unused" in TEXT
    assert "trusted types" in TEXT and "require-trusted-types-for" not in security.CSP
    assert f"{passwords.SHORTEST} to {passwords.LONGEST} characters" in TEXT
    assert f"{passwords.MOST_WAITING} wait for a hash" in TEXT
    assert hearing.LENGTHS == (b"content-length", b"transfer-encoding")
