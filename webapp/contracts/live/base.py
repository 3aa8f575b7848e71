"""How `live` words what all its operations share: refusals, times, ids."""

from datetime import UTC, datetime

from webapp.contracts.live.shapes import Refusal
from webapp.problems import Problem


def error(problem: Problem) -> tuple[int, Refusal, dict[str, str]]:
    """Status, body and headers of a refusal."""
    body: Refusal = {"error": problem.text}
    if problem.status == 400:
        body["fields"] = {_path(path): texts for path, texts in problem.fields.items()}
    return problem.status, body, {}


def _path(path: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in path)


def instant(when: datetime | None) -> str | None:
    """A moment as ISO 8601 with Z; None for none."""
    return known(when) if when else None


def known(when: datetime) -> str:
    """A moment that is always there."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")
