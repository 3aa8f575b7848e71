"""The blueprints every verb module hangs its URLs on, and what a view can be marked with."""

from collections.abc import Awaitable, Callable
from typing import Any

from quart import Blueprint


class Verbs(Blueprint):
    """A blueprint whose endpoints carry the module: two modules may use the same verb."""

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Any = None,
        provide_automatic_options: bool | None = None,
        **options: Any,
    ) -> None:
        if endpoint is None and view_func is not None:
            endpoint = f"{view_func.__module__.rpartition('.')[2]}-{view_func.__name__}"
        super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)


pages = Verbs("pages", __name__)
edge = Verbs("edge", __name__, url_prefix="/edge")
live = Verbs("live", __name__, url_prefix="/api")

gym = Verbs("gym", __name__, url_prefix="/api")
routines = Verbs("routines", __name__, url_prefix="/api/v1")
executions = Verbs("executions", __name__, url_prefix="/api/v1")
diary = Verbs("diary", __name__, url_prefix="/api/v1.0")

BLUEPRINTS = (pages, edge, live, gym, routines, executions, diary)


def public(view: Any) -> Any:
    """Mark a view that nobody needs to sign in for."""
    view.public = True
    return view


def anonymous(view: Any) -> Any:
    """Mark a public view that does not care who asks, so that nobody is looked up."""
    view.anonymous = view.public = True
    return view


def or_again(page: Callable[..., Awaitable[Any]]) -> Callable[[Any], Any]:
    """Mark a form's view with the page that is shown again when the form is refused."""

    def mark(view: Any) -> Any:
        view.again = page
        return view

    return mark
