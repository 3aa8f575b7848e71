"""What a longer history, and more people beside, add to the cost of each hot verb."""

import asyncio
import contextlib
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.load import run
from bench.servers import setlog
from bench.tables import Budgets, head, line, spread
from bench.visits import Visit, begin, visits
from bench.world import World

AT_MOST = 1.2  # times the cost with the shortest history
Make = Callable[[Path, int, int], World]


@dataclass(frozen=True)
class Size:
    """So many sets of one person, among so many people."""

    sets: int
    people: int = 1

    @property
    def name(self) -> str:
        return f"{self.sets:,} sets" if self.people == 1 else f"{self.people:,} people"


def show(
    title: str,
    make: Make,
    sizes: Sequence[Size],
    rounds: int,
    seconds: float,
    budgets: Budgets,
    processes: int = 1,
) -> None:
    """Print for each verb its cost with the first size, in milliseconds, and with the others as
    ratios to that; taken in turns, one client. Of two processes that serve a world, the second
    hears what is written before each look at the first."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        served = []
        for number, size in enumerate(sizes):
            home = folder / str(number)
            home.mkdir()
            world = make(home, size.sets, size.people)
            ports = [stack.enter_context(setlog(home, world)).port for _ in range(processes)]
            served.append(((ports[0], ports[-1]), visits(world, begin(world, ports[0]))))
        head(title, (f"ms, {sizes[0].sets:,}", *(each.name for each in sizes[1:]), "(range)", ""))
        for each in range(len(served[0][1])):
            compared = [(ports, asked[each]) for ports, asked in served]
            _compare(title, compared, rounds, seconds, budgets)
    print()


def _compare(
    title: str,
    served: Sequence[tuple[tuple[int, int], Visit]],
    rounds: int,
    seconds: float,
    budgets: Budgets,
) -> None:
    costs = [[_cost(ports, visit, seconds) for ports, visit in served] for _ in range(rounds)]
    ratios = [
        [costs[each][n] / costs[each][0] for each in range(rounds)] for n in range(len(served))
    ]
    name, most = served[0][1].name, max(statistics.median(each) for each in ratios)
    what = f"{title}: {name}: {most:.2f} times the cost with more behind, {AT_MOST} promised"
    cells = [f"{statistics.median(each[0] for each in costs) * 1000:.2f}"]
    cells += [f"{statistics.median(each):.2f}" for each in ratios[1:]]
    line(name, (*cells, spread(ratios[-1]), budgets.verdict(what, most <= AT_MOST)))


def _cost(ports: tuple[int, int], visit: Visit, seconds: float) -> float:
    found = asyncio.run(run(ports[0], visit.make, 1, seconds, visit.meanwhile, ports[1]))
    return 1 / found.rate
