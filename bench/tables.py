"""Tables on the terminal, and the count of the budgets that were kept."""

from collections.abc import Sequence

LABEL = 27


class Budgets:
    """Every promise that was looked at in this run, with whether it was kept."""

    def __init__(self) -> None:
        self.looked: list[tuple[str, bool]] = []

    def verdict(self, what: str, is_kept: bool) -> str:
        """ "ok" or "MISSED", remembered for the end."""
        self.looked.append((what, is_kept))
        return "ok" if is_kept else "MISSED"

    def sum_up(self) -> None:
        """Print how many were kept, and the ones that were not."""
        missed = [what for what, is_kept in self.looked if not is_kept]
        print(f"{len(self.looked) - len(missed)} of {len(self.looked)} budgets kept")
        for what in missed:
            print(f"  missed: {what}")


def head(title: str, columns: Sequence[str]) -> None:
    """The first two lines of a table."""
    print(title)
    print(f"  {'':{LABEL}}" + "".join(f"{each:>14}" for each in columns))


def line(name: str, cells: Sequence[str]) -> None:
    """One line of it."""
    print(f"  {name:{LABEL}}" + "".join(f"{each:>14}" for each in cells), flush=True)


def spread(found: Sequence[float]) -> str:
    """ "38-44%"."""
    return f"{min(found):.0%}-{max(found):.0%}"
