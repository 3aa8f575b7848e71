"""A person who trains by chance through several workouts, and what must be there then."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator

from tests.browser.gym import start
from tests.browser.lifting import Lifter

WAYS = {  # how often of a hundred
    **{"log": 42, "undo": 9, "edit": 9, "add": 8, "more": 6, "swap": 6, "drop": 4},
    **{"remove": 4, "finish": 9, "discard": 3},
}
EDIT = """([id, reps]) => {
  const form = document.querySelector(`#set-${id}.is-done form`);
  form.elements.reps.value = reps;
  form.requestSubmit();
}"""
FILL = """(form) => {
  for (const [name, value] of [["reps", "5"], ["duration", "1:00"]])
    if (form.elements[name]?.value === "") form.elements[name].value = value;
}"""
OPENS_IN = 4000  # milliseconds
LOOKS = 40  # before a sheet is opened again: a second


@dataclass
class Trainee(Lifter):
    """Trains through workout after workout. `done` is of the one that goes on, `past` of those
    that were finished: which sets are logged, and how many reps each, by workout."""

    past: dict[str, dict[str, str]] = field(default_factory=dict)
    discarded: int = 0

    def step(self, dies: str = "") -> None:
        """One thing that people do; a workout is begun where none goes on."""
        if not self.phone.page.url.endswith("/session"):
            self.phone.open("/")
            start(self.phone)
        ways = [each for each in WAYS if self._can(each)]
        [way] = self.chance.choices(ways, [WAYS[each] for each in ways])
        getattr(self, f"_{way}")(dies)

    def _can(self, way: str) -> bool:
        open_, cards = self._place("li.set:not(.is-done)").count(), self._cards().count()
        return {
            "log": open_ > 0,
            "swap": open_ > 0,
            "remove": cards > 2,
            "more": cards < 9,
            "undo": bool(self.done),
            "drop": bool(self.done),
            "edit": any(self.done.values()),
            "finish": len(self.done) > 3,
        }.get(way, True)

    def _cards(self) -> Locator:
        return self._place("article:has(li.set)")

    def _one(self, cards: Locator) -> str:
        """The UUID of one of the cards' exercises."""
        card = cards.nth(self.chance.randrange(cards.count()))
        return str(card.get_attribute("id")).removeprefix("item-")

    def _log(self, dies: str) -> None:
        """What was never done has no numbers yet."""
        self._place("li.set:not(.is-done) form").first.evaluate(FILL)
        super()._log(dies)

    def _edit(self, dies: str) -> None:
        uuid = self.chance.choice(sorted(each for each, reps in self.done.items() if reps))
        reps = str(self.chance.randint(1, 30))
        shown = self._place(f"#set-{uuid}.is-done input[name=reps][value='{reps}']")
        page = self.phone.page
        self._until(lambda: page.evaluate(EDIT, [uuid, reps]), lambda: shown.count() > 0, dies)
        self.done[uuid] = reps

    def _more(self, dies: str) -> None:
        many, row = self._place("article").count(), self.chance.randrange(3, 20)
        add = lambda: self._pick('a[href="/session/add"]', "#picker-list[action$=items]", row)  # noqa: E731
        self._until(add, lambda: self._place("article").count() > many, dies, LOOKS)

    def _swap(self, dies: str) -> None:
        item = self._one(self._place("article:has(li.set:not(.is-done))"))
        row, before = self.chance.randrange(3, 20), self._place(f"#item-{item} h2").inner_text()
        left = f"#item-{item}:has(li.set:not(.is-done)) h2"  # a new card has what is left, or this
        link, sheet = f"#menu-{item} a[href$=swap]", f"#picker-list[action*='{item}']"
        swap = lambda: self._pick(link, sheet, row)  # noqa: E731
        has_swapped = lambda: self._place(left).all_inner_texts() != [before]  # noqa: E731
        self._until(swap, has_swapped, dies, LOOKS)

    def _pick(self, link: str, sheet: str, row: int) -> None:
        """Open a sheet of exercises and take one that the workout does not have."""
        self._tap(link)
        had = self._place("article h2").all_inner_texts()
        rows = self._place(f"{sheet} button.row")
        rows.nth(row + len(had)).wait_for(state="attached", timeout=OPENS_IN)
        names = rows.locator("strong").all_inner_texts()[row:]
        at = next(n for n, name in enumerate(names) if name not in had)
        rows.nth(row + at).evaluate("(button) => button.click()")

    def _drop(self, dies: str) -> None:
        """Remove a set that is done."""
        uuid = self.chance.choice(sorted(self.done))

        def drop() -> None:
            self._tap(f"#set-{uuid} .set-n")
            button = f"#sheet form[action*='{uuid}/remove'] button"
            self._place(button).wait_for(state="attached", timeout=OPENS_IN)
            self._tap(button)

        self._until(drop, lambda: self._place(f"#set-{uuid}").count() == 0, dies, LOOKS)
        del self.done[uuid]

    def _remove(self, dies: str) -> None:
        """Remove an exercise with all that is done of it; now and then bring it back."""
        item = self._one(self._cards())
        gone = [str(each.get_attribute("id")) for each in self._place(f"#item-{item} li.set").all()]
        card = self._place(f"#item-{item}")
        button = f"#menu-{item} button[formaction$='/remove']"
        self._until(lambda: self._tap(button), lambda: card.count() == 0, dies, LOOKS)
        back = f"#toast form[action*='{item}'] button"
        if self.chance.random() < 0.5 and self._place(back).count():
            self._until(lambda: self._tap(back), lambda: card.count() > 0, "", LOOKS)
        else:
            for each in gone:
                self.done.pop(each.removeprefix("set-"), None)

    def _finish(self, dies: str) -> None:
        self.phone.open("/session/finish")
        self._kill(dies)
        self._tap("form.finish .btn.primary")
        self.phone.page.wait_for_url("**/session/summary/*")
        self.past[self.phone.page.url.rpartition("/")[2]] = self.done
        self.done = {}

    def _discard(self, dies: str) -> None:
        self._kill(dies)
        self._tap("form.discard button")
        self.phone.page.wait_for_url(self.line.url + "/")
        self.done = {}
        self.discarded += 1
