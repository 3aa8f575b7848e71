"""Pages that say the same again are not sent again, and everything is sent small."""

import brotli
import pytest

from tests.support.gym import did
from tests.support.world import Person

QUIET = ("/workouts", "/stats", "/exercises", "/more")


@pytest.mark.parametrize("path", QUIET)
async def test_a_page_that_says_the_same_is_a_304(ann: Person, bob: Person, path: str) -> None:
    await did(ann, "squat-barbell", ("80", 5))
    tag = (await ann.page("GET", path)).headers["ETag"]
    again = await ann.page("GET", path, If_None_Match=tag)
    assert (again.status_code, again.headers["ETag"]) == (304, tag)
    assert await again.get_data() == b"" and "Cookie" not in again.headers.get("Vary", "")
    assert again.headers["Cache-Control"] == "private, no-cache"
    if path != "/more":  # what bob sees is another page
        assert (await bob.page("GET", path, If_None_Match=tag)).status_code == 200
    await did(ann, "squat-barbell", ("82.5", 5), days_ago=3)
    if path in ("/workouts", "/stats"):
        changed = await ann.page("GET", path, If_None_Match=tag)
        assert changed.status_code == 200 and changed.headers["ETag"] != tag


async def test_what_a_form_needs_anew_is_never_a_304(ann: Person) -> None:
    tag = (await ann.page("GET", "/")).headers["ETag"]
    assert (await ann.page("GET", "/", If_None_Match=tag)).status_code == 200


async def test_an_answer_is_compressed_as_the_browser_can_read_it(ann: Person) -> None:
    plain = await (await ann.page("GET", "/exercises")).get_data()
    for said, encoding in (("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0", None)):
        answer = await ann.page("GET", "/exercises", Accept_Encoding=said)
        assert answer.headers.get("Content-Encoding") == encoding
        body = await answer.get_data()
        assert len(body) < len(plain) / 2 if encoding else len(body) == len(plain)
        if encoding == "br":
            assert brotli.decompress(body) == plain
