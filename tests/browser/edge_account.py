"""A person whose phone speaks `edge` with a real server, and what they have before they train."""

import http.client
import json
from random import Random
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

PASSWORD = "a long enough passphrase"
OURS = {"Sec-Fetch-Site": "same-origin"}
WORDS = {**OURS, "Accept": "application/json", "Accept-Profile": "edge", "Setlog-Form": "1"}

# Of the catalogue: every measure and load, on every kind of equipment.
BENCH, SQUAT, PLANK = "Bench Press (Barbell)", "Squat (Barbell)", "Plank"
EXERCISES = (
    *(BENCH, SQUAT, PLANK, "Arnold Press (Dumbbell)", "Back Extension (Machine)"),
    *("Ab Wheel", "Pull Up (Assisted)", "Band Pull Apart", "Rucking", "Plate Pinch Hold"),
    *("Farmer's Walk (Trap Bar)", "Farmer's Walk (Kettlebell)", "Cycling", "Plank (Weighted)"),
    *("Ball Slam (Medicine Ball)", "Air Bike", "Pull Up (Band)"),
)


class Account:
    """Someone signed in with a cookie. `exercises`: UUID by name, of those they use."""

    def __init__(self, site: str, name: str, chance: Random) -> None:
        self.chance = chance
        self.line = http.client.HTTPConnection(urlsplit(site).netloc)
        self.cookies: dict[str, str] = {}
        self.do("/register", username=name, password=PASSWORD)
        self.library: dict[str, Any] = self.document("library")
        known = {each["name"]: each["uuid"] for each in self.library["library"]}
        self.exercises = {each: known[each] for each in EXERCISES}

    def document(self, name: str) -> dict[str, Any]:
        """A document of the phone's mirror."""
        status, said = self._ask("GET", f"/edge/{name}", None, WORDS)
        assert status == 200, said
        return said

    def send(self, op: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """An operation as the worker sends it; status and answer."""
        headers = {"Idempotency-Key": op["key"], "Setlog-Tapped-At": op["at"]}
        headers |= {"Setlog-User": op["user"]}
        headers |= {"Setlog-Workout": op["workout"]} if op.get("workout") else {}
        headers |= {"If-Match": f'"{op["if_match"]}"'} if op.get("if_match") else {}
        return self._ask("POST", op["path"], op["body"], {**WORDS, **headers})

    def post(self, op: dict[str, Any], **headers: str) -> tuple[int, str]:
        """An operation as a page posts it; status, and where it leads or what it shows."""
        sent = {"Accept": "text/html", "Setlog-Tapped-At": op["at"], **headers}
        return self._ask("POST", op["path"], op["body"], {**OURS, **sent})

    def do(self, path: str, **form: str) -> str:
        """A plain form of a page, which must go well; where it leads."""
        status, said = self._ask("POST", path, form, {**OURS, "Accept": "text/html"})
        assert status == 303, (path, status, said)
        return str(said)

    def _ask(self, method: str, path: str, form: Any, headers: Any) -> tuple[int, Any]:
        body = None if form is None else urlencode(form)
        sent = {**headers, "Cookie": "; ".join(map("=".join, self.cookies.items()))}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(method, path, body, sent)
        answer = self.line.getresponse()
        for each in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value
        text = answer.getheader("Location") or answer.read().decode()
        answer.read()
        is_json = (answer.getheader("Content-Type") or "").startswith("application/json")
        return answer.status, json.loads(text) if is_json else text

    def uuid(self, ms: int = 0) -> str:
        """A UUIDv7 of this moment, the same at every run."""
        random = self.chance.getrandbits(74)
        high, low = random >> 62, random & ((1 << 62) - 1)
        return str(UUID(int=ms << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low))

    def settle(self, **settings: str) -> None:
        """Settings, plates, and how some exercises are done."""
        self.do("/settings", **settings)
        self.do("/settings/plates", **{"bars.kg": "17.5, 20", "bars.lb": "35", "plates.kg.20": "4"})
        self._like(BENCH, weight_unit="lb", increment="2.5", bar_weight="45")
        self._like("Arnold Press (Dumbbell)", rest_seconds="75", increment="1.25")
        self._like("Farmer's Walk (Kettlebell)", weight_unit="kg")

    def _like(self, name: str, **liked: str) -> None:
        self.do(f"/exercises/{self.exercises[name]}/settings", **liked)

    def plan(self) -> None:
        """Two routines with all there is in them; one at a place with bars of its own."""
        place = self.do("/settings/locations", name="Attic")
        self.do(f"{place}/plates", **{"bars.kg": "15", "bars.lb": "55"})
        heavy = self._routine(
            "Heavy",
            (BENCH, {"sets": "3", "warm_up_sets": "2", "reps_min": "8", "reps_max": "10",
                     "weight": "80", "weight_unit": "kg", "note": "Feet planted"}),
            ("", {"kind": "rest", "duration_seconds": "100"}),
            ("Arnold Press (Dumbbell)", {"sets": "2", "reps_min": "12", "reps_max": ""}),
            ("+Ab Wheel", {"sets": "3", "reps_min": "10", "reps_max": "15", "weight": "0"}),
            (SQUAT, {"sets": "2", "warm_up_sets": "5", "reps_min": "5", "reps_max": "5",
                     "weight": "225", "weight_unit": "lb", "rest_seconds": "180"}),
        )  # fmt: skip
        self.do(f"/routines/{heavy}/edit", location=place.rpartition("/")[2])
        self._routine(
            "Long",
            (PLANK, {"sets": "2", "duration_seconds": "45", "rest_seconds": "0"}),
            ("Air Bike", {"duration_seconds": "600", "distance": "5", "distance_unit": "mi"}),
            ("Farmer's Walk (Trap Bar)", {"sets": "2", "distance": "40", "distance_unit": "m",
                                          "weight": "60", "weight_unit": "kg"}),
            ("+Pull Up (Assisted)", {"sets": "2", "reps_min": "6", "reps_max": "8"}),
            ("+Band Pull Apart", {"sets": "1"}),
            ("Cycling", {"duration_seconds": "", "distance": "", "interval_seconds": "60"}),
        )  # fmt: skip

    def _routine(self, name: str, *items: tuple[str, dict[str, str]]) -> str:
        """The UUID of what is made. A `+` makes a superset of an exercise and the one above it."""
        routine = self.uuid()
        self.do("/routines", uuid=routine, name=name)
        for exercise, planned in items:
            item, wanted = self.uuid(), self.exercises.get(exercise.removeprefix("+"))
            said = {**planned, **({"exercise": wanted} if wanted else {})}
            self.do(f"/routines/{routine}/items", uuid=item, **said)
            if exercise.startswith("+"):
                self.do(f"/routines/items/{item}/group")
        return routine
