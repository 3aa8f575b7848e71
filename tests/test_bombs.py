"""What is small, or cheap to send, and would take for ever or all memory to take apart."""

import gzip
import io
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from quart import Quart

from tests.support.world import Person
from webapp.exporting import reading
from webapp.importing import reading as tables
from webapp.models import User
from webapp.problems import Problem

HEADING = b"Date,Workout Name,Exercise Name,Set Order,Weight,Reps\n"
MANY = 1_000_001


def steps_of(data: bytes) -> int:
    """How many turns it takes to read a table; others have theirs between them."""
    return sum(1 for _ in tables.read(data, datetime.now(UTC)))


def read_whole(data: bytes) -> Any:
    steps = tables.read(data, datetime.now(UTC))
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


def test_a_file_of_blank_lines_takes_its_turns() -> None:
    assert steps_of(HEADING + b"\n" * 5000) >= 10_000, "both readings of it stop at every line"


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"], ids=["LF", "CR", "CRLF"])
def test_lines_without_end_are_refused_before_any_is_read(end: bytes) -> None:
    steps = tables.read(HEADING + end * MANY, datetime.now(UTC))
    with pytest.raises(Problem, match="more than 200,000 lines"):
        next(steps)


@pytest.mark.parametrize("letter", [b",", b'"', b"x", b"\xe9"], ids=repr)
def test_a_line_without_end_is_one_that_is_lost(letter: bytes) -> None:
    found = read_whole(HEADING + letter * 3_000_000 + b"\n2020-01-01 10:00:00,Legs,Squat,1,100,5\n")
    assert [each.line for each in found.problems if each.is_lost] == [2]
    assert len(found.workouts) == 1


def opened(data: bytes) -> tuple[io.BytesIO, Any]:
    file = io.BytesIO(data)
    return file, reading.parts(file)


@pytest.mark.parametrize(
    "start", [b"{", b'{"setlog":1,"workouts":[', b'{"setlog":1,"workouts":[1'], ids=repr
)
def test_spaces_without_end_are_not_read_to_their_end(start: bytes) -> None:
    file, parts = opened(start + b" " * 50_000_000)
    with pytest.raises(Problem, match="damaged"):
        list(parts)
    assert file.tell() < 3 * reading.LONGEST_GAP


@pytest.mark.parametrize("start", [b'{"', b'{"setlog":1,"workouts":["', b'{"a":[{"b":"'], ids=repr)
def test_a_part_without_end_is_not_read_to_its_end(start: bytes) -> None:
    file, parts = opened(start + b"x" * 60_000_000)
    with pytest.raises(Problem, match="damaged"):
        list(parts)
    assert file.tell() < 5 * reading.LARGEST_PART


def test_a_packed_file_is_unpacked_so_far_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_FILE", 200_000)
    some = b'{"setlog":1,"workouts":[' + b"1," * 90_000 + b"1]}"
    assert len(list(reading.parts(io.BytesIO(gzip.compress(some))))) == 90_002
    more = b'{"setlog":1,"workouts":[' + b"1," * 9_000_000 + b"1]}"
    with pytest.raises(Problem, match="damaged"):
        list(reading.parts(io.BytesIO(gzip.compress(more))))


FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    "body",
    [b"a=1&" * 10_000, b"login=" + b"%41" * 400_000, b"&" * 2_000_000, b"a" * 1_100_000],
    ids=["fields", "a long one", "separators", "a long name"],
)
async def test_a_form_that_floods_is_refused_untaken_apart(
    app: Quart, ann: Person, body: bytes
) -> None:
    for path in ("/login", "/settings", "/body", "/import"):
        answer = await ann.client.post(path, headers=FORM, data=body)
        assert answer.status_code == 413, path
        text = await answer.get_data(as_text=True)
        assert "larger than" in text if path == "/import" else "too large" in text


async def test_a_form_of_parts_that_floods_is_refused(ann: Person) -> None:
    part = b'--X\r\nContent-Disposition: form-data; name="theme"\r\n\r\ndark\r\n'
    sent = {**FORM, "Content-Type": "multipart/form-data; boundary=X"}
    many = await ann.client.post("/settings", headers=sent, data=part * 5000 + b"--X--\r\n")
    assert many.status_code == 413
    long = part.replace(b"dark", b"d" * 2_000_000) + b"--X--\r\n"
    assert (await ann.client.post("/settings", headers=sent, data=long)).status_code == 413
    for broken in (part * 3, b"", b"--X", b"--X--", part.replace(b"name=", b"nam="), b"\x00" * 99):
        answer = await ann.client.post("/settings", headers=sent, data=broken)
        assert answer.status_code < 500, broken
    for boundary in ("", "x" * 5000, "\u00e9", '"'):
        odd = {**FORM, "Content-Type": f"multipart/form-data; boundary={boundary}"}
        answer = await ann.client.post("/settings", headers=odd, data=part)
        assert answer.status_code < 500, boundary
    assert (await ann.client.post("/settings", headers=sent, data=part + b"--X--\r\n")).status_code
    assert (await User.get(id=ann.user.id)).theme == "dark"


async def test_a_file_is_known_by_no_path(ann: Person) -> None:
    names = ("../../etc/passwd", "..\\..\\x.csv", "/etc/passwd", "a\x00b.csv", "x" * 5000, "<b>")
    for name in names:
        sent = {**FORM, "Content-Type": "text/csv", "Accept": "application/json"}
        data = HEADING + b"2020-01-01 10:00:00,Legs,Squat,1,100,5\n"
        path = f"/import?name={quote(name)}"
        answer = await ann.client.post(path, headers=sent, data=data)
        assert answer.status_code in (201, 400), name
