"""What a person taps in the gym, made by chance: operations that fit the workout as it stands."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

from tests.browser.edge_account import EXERCISES, Account

Said = dict[str, str]
Tap = tuple[str, Said]

# Field: what may be said, and what may not.
NUMBERS = {
    "reps": (("8", "12", "0", " 10 ", "+5", "7.0", ""), ("-1", "abc", "8.5", "10001", "1e1")),
    "weight": (
        ("80", "82,5", "100.250", "0", "1e2", ".5", "7.3", "45", "", "9999.99"),
        ("abc", "-1", "10000.1", "nan", "1e30", "0." + "1" * 21, "--5"),
    ),
    "weight_unit": (("kg", "lb", ""), ("stone",)),
    "duration": (("90", "1:30", "1:02:05", "0", ""), ("1:2:3:4", "x", "86401", "1:", "90,5")),
    "distance": (("5", "2.75", "0,4", "400", ""), ("x", "1000001", "-0.5")),
    "distance_unit": (("m", "km", "mi", "yd", ""), ("furlong",)),
    "band": (("red", " pale blue ", ""), ("b" * 51,)),
    "rpe": (("8", "7.5", "9,5", "1e1", ""), ("8.2", "11", "0.5", "0.3", "hard")),
    "interval": (("30", "2:00", ""), ("soon",)),
    "note": (("Slow", "  Ümlaut 😀 ", "", "n" * 2000), ("n" * 2001, "nul\0")),
    "kind": (("warmup", "warm_up", "working", "drop", "failure"), ("", "x")),
}
TUNED = {
    "note": (("Deep", "", "  spaced out  "), ("n" * 2001,)),
    "rest": (("0", "90", "2:30", "4000", ""), ("-1", "x")),
    "unit": (("kg", "lb", ""), ("st",)),
}
FINISHED = {
    "rating": (("1", "5", ""), ("0", "6", "x")),
    "note": (("Good", ""), ("n" * 2001,)),
    "unlogged": (("drop", "log"), ("keep", "")),
}
PAUSES = (0, 1, 250, 1234, 45_000, 90_500, 600_001)  # milliseconds between taps
FORGOTTEN = 11_000_000
WHOLE = ("reps", "weight", "duration", "distance")  # with these any set can be logged
ZONES = tuple(timezone(timedelta(minutes=each)) for each in (0, 120, -480, 345))


class Thumb:
    """One person's taps. `now` is the phone's document of what is now, as the server has it."""

    def __init__(self, account: Account, chance: Random, clock: int) -> None:
        self.account, self.chance, self.clock = account, chance, clock
        self.now: dict[str, Any] = account.document("now")
        self.plans: dict[str, Any] = account.document("plans")
        self.over: list[str] = []  # workouts that have ended or were discarded

    @property
    def sheet(self) -> dict[str, Any] | None:
        return self.now.get("sheet")

    def tap(self) -> dict[str, Any]:
        """The next operation."""
        path, body = self._running() if self.sheet else self._idle()
        return self.operation(path, body)

    def carried_out(self, op: dict[str, Any]) -> dict[str, Any]:
        """What the server made of it: {before, sheet}, with {refused} when it would not."""
        before = self.sheet
        status, said = self.account.send(op)
        self.noted(status)
        seen = {"before": before, "sheet": self.sheet}
        if status < 300:
            return seen
        said.pop("current", None)  # what is there instead is the server's to say
        return {**seen, "refused": {"status": status, **said}}

    def noted(self, status: int) -> None:
        """Look at what is now."""
        before, self.now = self.sheet, self.account.document("now")
        if status < 400 and before and not self.sheet:
            self.over.append(before["uuid"])

    def operation(self, path: str, body: Said) -> dict[str, Any]:
        """What the page makes of a tap; now and then the phone's clock goes back a little."""
        is_late = self.chance.random() < 0.01
        self.clock += FORGOTTEN if is_late else self.chance.choice(PAUSES)
        at = self.clock - (5000 if self.chance.random() < 0.03 else 0)
        when = datetime.fromtimestamp(at / 1000, UTC).astimezone(self.chance.choice(ZONES))
        uuid = body.get("uuid") or self.account.uuid(at)
        op = {
            "key": self.account.uuid(at),
            "uuid": uuid,
            "at": when.isoformat(timespec="milliseconds"),
            "path": path,
            "body": body,
            "user": self.now["user"],
            "form": 1,
        }
        return {**op, **self._meant(path)}

    def _meant(self, path: str) -> dict[str, Any]:
        """The workout, and the version of the set, that the tap is for."""
        if path == "/session/start":
            return {}
        workout = self.sheet["uuid"] if self.sheet else None
        if self.over and self.chance.random() < 0.03:
            workout = self.over[-1]
        sets = {each["uuid"]: each["version"] for each in self._sets()}
        version = sets.get(path.split("/")[3]) if path.count("/") == 4 else None
        if version and self.chance.random() < 0.1:
            version -= 1
        meant = {"workout": workout, "if_match": version}
        return {name: said for name, said in meant.items() if said}

    def _idle(self) -> Tap:
        """Start, or take back what was discarded."""
        chance = self.chance.random()
        if self.over and chance < 0.3:
            return f"/workouts/{self.over[-1]}/restore", {}
        if self.over and chance < 0.4:
            return f"/session/{self.chance.choice(('finish', 'stop', 'discard'))}", {}
        return self._start()

    def _start(self) -> Tap:
        said: Said = {"uuid": self._new()}
        if self.sheet and self.chance.random() < 0.5:
            said |= {"anyway": "1"}
        kinds = [
            *(("routine", each["uuid"]) for each in self.plans["plans"] * 2),
            *(("repeat", each) for each in [*self.plans["repeats"]] * 2),
            ("", ""),
            self.chance.choice((("routine", self._new()), ("repeat", "x"))),
        ]
        kind, uuid = self.chance.choice(kinds)
        said |= {kind: uuid} if kind else {}
        template = self._template(kind, uuid)
        if template and self.chance.random() < 0.5:
            said |= {"name": template["name"], "plan": json.dumps(template["items"])}
        return "/session/start", said

    def _template(self, kind: str, uuid: str) -> dict[str, Any] | None:
        if kind == "repeat":
            return self.plans["repeats"].get(uuid)
        return next((each for each in self.plans["plans"] if each["uuid"] == uuid), None)

    def _running(self) -> Tap:
        made: tuple[tuple[int, Callable[[], Tap | None]], ...] = (
            (22, self._log_next),
            (8, lambda: self._set("log", NUMBERS)),
            (4, lambda: self._set("undo")),
            (5, lambda: self._set("edit", NUMBERS)),
            (3, lambda: self._set("remove")),
            (4, self._restore_set),
            (4, lambda: self._item("sets", uuid=self._new())),
            (2, lambda: self._item("sets/drop")),
            (4, lambda: ("/session/items", self._chosen())),
            (4, lambda: self._item("swap", **self._chosen())),
            (2, lambda: self._item("up")),
            (2, lambda: self._item("down")),
            (2, lambda: self._item("remove")),
            (3, self._restore_item),
            (3, lambda: self._item("keep", uuid=self._new())),
            (3, self._take_rest),
            (4, lambda: self._item("edit", **self._say(TUNED))),
            (4, lambda: self._item("warmup", uuid=self._new())),
            (5, self._rest),
            (
                1,
                lambda: (f"/session/{self.chance.choice(('finish', 'stop'))}", self._say(FINISHED)),
            ),
            (1, lambda: ("/session/discard", {})),
            (1, self._start),
        )
        weights = [weight for weight, _ in made]
        while True:
            tap = self.chance.choices(made, weights)[0][1]()
            if tap is not None:
                return tap

    def _new(self) -> str:
        return self.account.uuid(self.clock)

    def _say(self, fields: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> Said:
        """Some of the fields; one time in eight one of them is wrong."""
        names = self.chance.sample(sorted(fields), self.chance.randint(0, min(4, len(fields))))
        said = {name: self.chance.choice(fields[name][0]) for name in names}
        if names and self.chance.random() < 0.12:
            said[names[0]] = self.chance.choice(fields[names[0]][1])
        return said

    def _chosen(self) -> Said:
        name = self.chance.choice(EXERCISES)
        wrong = self.chance.random()
        exercise = self.account.exercises[name]
        exercise = "x" if wrong < 0.03 else self._new() if wrong < 0.06 else exercise
        return {"exercise": exercise, "uuid": self._new()}

    def _sets(self) -> list[dict[str, Any]]:
        items = self.sheet["items"] if self.sheet else ()
        return [each for item in items for each in item["sets"]]

    def _log_next(self) -> Tap | None:
        left = [each["uuid"] for each in self._sets() if "completed_at" not in each]
        said = {name: self.chance.choice(NUMBERS[name][0]) for name in WHOLE}
        body = {} if self.chance.random() < 0.5 else said
        return (f"/session/sets/{left[0]}/log", body) if left else None

    def _set(self, verb: str, fields: Any = None) -> Tap | None:
        uuids = [each["uuid"] for each in self._sets()] or [self._new()]
        uuid = self.chance.choice(uuids) if self.chance.random() > 0.03 else self._new()
        return f"/session/sets/{uuid}/{verb}", self._say(fields) if fields else {}

    def _restore_set(self) -> Tap | None:
        items = self.sheet["items"] if self.sheet else ()
        gone = [each for item in items for each in item["plan"].get("removed_sets", ())]
        known = [each["uuid"] for each in (*gone, *self._sets()[:1])]
        return (f"/session/sets/{self.chance.choice(known)}/restore", {}) if known else None

    def _item(self, verb: str, **said: str) -> Tap | None:
        uuids = [each["uuid"] for each in (self.sheet or {})["items"]] or [self._new()]
        uuid = self.chance.choice(uuids) if self.chance.random() > 0.03 else self._new()
        return f"/session/items/{uuid}/{verb}", said

    def _take_rest(self) -> Tap | None:
        items = self.sheet["items"] if self.sheet else ()
        rests = [each["uuid"] for each in items if each["kind"] == "rest"]
        return (f"/session/items/{rests[0]}/rest", {}) if rests else self._item("rest")

    def _restore_item(self) -> Tap | None:
        gone = [each["uuid"] for each in (self.sheet or {}).get("removed", ())]
        return self._item("restore") if not gone else (f"/session/items/{gone[0]}/restore", {})

    def _rest(self) -> Tap:
        return (
            f"/session/rest/{self.chance.choice(('plus', 'minus', 'pause', 'resume', 'skip'))}",
            {},
        )
