"""Every write of the gym flow has its counterpart on the phone, and none has two."""

import re

from quart import Quart

from tests.browser.edge_harness import STATIC


async def test_the_phone_carries_out_every_write_of_the_gym_flow(app: Quart) -> None:
    reducer = (STATIC / "edge" / "reducer.js").read_text("utf-8")
    known = re.findall(r'^  "(/[^"]+)": \[', reducer, re.MULTILINE)
    posted = {
        re.sub(r"<uuid:\w+>", "{id}", rule.rule)
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.rule.startswith("/session/")
    }
    assert sorted(known) == sorted({*posted, "/workouts/{id}/restore"})
