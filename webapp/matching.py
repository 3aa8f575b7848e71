"""Which rule a path means, found in one step once a path of the same shape has been asked for."""

import re
from typing import Any
from uuid import UUID

from werkzeug.routing import Map, MapAdapter, Rule, UUIDConverter

_UUID = re.compile(rf"(?<=/)({UUIDConverter.regex})(?=/|\Z)")

# By the method and what stands around the UUIDs: the rule, and what it calls them. Only paths that
# a rule has matched are kept, so there are about as many as rules.
Known = dict[tuple[str, ...], tuple[Rule, tuple[str, ...]]]


class Adapter(MapAdapter):
    """Werkzeug's for one request, which walks through all rules only where UUIDs are not all that
    a path tells."""

    def __init__(self, rules: Map, known: Known, scheme: str, path: str, method: str) -> None:
        super().__init__(rules, "", "/", "", scheme, path, method)
        self._known = known

    def match(self, *args: Any, **more: Any) -> Any:
        """As werkzeug's, of the request itself: the rule and its arguments. Raises as that does."""
        parts = _UUID.split(self.path_info)
        shape, uuids = (self.default_method, *parts[::2]), parts[1::2]
        if (found := self._known.get(shape)) is not None:
            return found[0], {name: UUID(each) for name, each in zip(found[1], uuids, strict=True)}
        rule, where = super().match(*args, **more)
        # Not what another kind of variable makes of a text that looks like a UUID.
        if list(where.values()) == [UUID(each) for each in uuids]:
            self._known[shape] = rule, tuple(where)
        return rule, where
