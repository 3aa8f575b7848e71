"""The hot verbs beside the bare handler, round by round in one run."""

import asyncio
import statistics
from collections.abc import Sequence

from bench.load import Run, request, run, same
from bench.tables import Budgets, head, line, spread
from bench.visits import Visit

FLOOR = Visit(
    "bare Quart handler", same(request("POST", "/", {"Content-Type": "text/plain"}, b"{}"))
)
TAIL = 4.0  # at concurrency 32, p99 is at most this many times p50
COLUMNS = ("a second", "of floor", "(range)", "p50 ms", "p99 ms", "p99/p50", "bytes", "")


def measure(
    title: str,
    asked: Sequence[Visit],
    ports: tuple[int, int],
    rounds: int,
    seconds: float,
    budgets: Budgets | None,
) -> None:
    """Print one table at concurrency 1 and one at 32. `ports` are the bare handler's and
    Setlog's; without `budgets` nothing is judged."""
    for concurrency in (1, 32):
        these = [FLOOR, *asked]
        found: list[list[Run]] = [[] for _ in these]
        for _ in range(rounds):
            for visit, runs in zip(these, found, strict=True):
                port = ports[0] if visit is FLOOR else ports[1]
                runs.append(_once(port, visit, concurrency, seconds))
        head(f"{title}, concurrency {concurrency}, median of {rounds} rounds", COLUMNS)
        for visit, runs in zip(these, found, strict=True):
            _print(visit, runs, found[0], concurrency, budgets)
        print()


def _once(port: int, visit: Visit, concurrency: int, seconds: float) -> Run:
    return asyncio.run(run(port, visit.make, concurrency, seconds, visit.meanwhile))


def _print(
    visit: Visit, runs: list[Run], floor: list[Run], concurrency: int, budgets: Budgets | None
) -> None:
    ratios = [each.rate / under.rate for each, under in zip(runs, floor, strict=True)]
    tail = statistics.median(each.p99 / each.p50 for each in runs)
    share = statistics.median(ratios)
    cells = (
        f"{statistics.median(each.rate for each in runs):.0f}",
        f"{share:.0%}",
        spread(ratios),
        f"{statistics.median(each.p50 for each in runs):.2f}",
        f"{statistics.median(each.p99 for each in runs):.2f}",
        f"{tail:.1f}",
        str(runs[-1].bytes_each),
    )
    line(visit.name, (*cells, _judged(visit, share, tail, concurrency, budgets)))


def _judged(
    visit: Visit, share: float, tail: float, concurrency: int, budgets: Budgets | None
) -> str:
    if budgets is None or visit is FLOOR:
        return ""
    name, said = f"{visit.name}, concurrency {concurrency}", []
    if visit.budget is not None:
        what = f"{name}: {share:.0%} of the floor, {visit.budget:.0%} promised"
        said.append(budgets.verdict(what, share >= visit.budget))
    if concurrency > 1:
        what = f"{name}: p99 is {tail:.1f} times p50, {TAIL:.0f} promised"
        said.append(budgets.verdict(what, tail <= TAIL))
    return "MISSED" if "MISSED" in said else " ".join(said[:1])
