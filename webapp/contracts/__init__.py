"""The words of the documented APIs, one package each: forms, replies and errors, and no I/O."""

import re
from types import ModuleType

from webapp.contracts import diary, edge, executions, gym, live, routines

BY_NAME: dict[str, ModuleType] = {
    "live": live,
    "gym": gym,
    "routines": routines,
    "executions": executions,
    "diary": diary,
}
_GYM = re.compile(
    r"/api/(Workouts|[Uu]sers|[Ww]orkoutTemplates|[Ee]xerciseTemplates|[Ll]ocations"
    r"|[Uu]serPreferences)(/|\Z)"
)


def spoken_at(path: str, wanted: str | None = None) -> ModuleType | None:
    """The contract whose base the path has; None for pages.

    `routines` and `executions` share a base: there `wanted` (a name) decides, else `routines`.
    Our own worker speaks `edge`, with the URLs of the pages too.
    """
    if path.startswith("/edge/") or (wanted == "edge" and not path.startswith("/api/")):
        return edge
    if path.startswith("/api/v1.0/") or path == "/api/v1.0":
        return diary
    if path.startswith("/api/v1/") or path == "/api/v1":
        return executions if wanted == "executions" else routines
    if _GYM.match(path):
        return gym
    return live if path == "/api" or path.startswith("/api/") else None
