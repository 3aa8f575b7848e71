"""What Tortoise makes of the models at each start is made once a run for each engine: it takes
longer than most tests, and the models stay as they are."""

from typing import Any

from tortoise.apps import Apps


class _Ready:
    engine: type[Any] | None = None
    models: list[type[Any]] = []


def make_once() -> None:
    """From now on a start finds what the start before it made, if the engine is the same."""
    build: Any = Apps._build_initial_querysets

    def only_once(self: Any) -> None:
        models = [each for app in self.apps.values() for each in app.values()]
        engine = type(self._connections.get("default"))
        if (_Ready.engine, _Ready.models) != (engine, models):
            build(self)
            _Ready.engine, _Ready.models = engine, models

    Apps._build_initial_querysets = only_once  # type: ignore[method-assign]
