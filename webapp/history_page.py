"""The page of the history, whose list is made once for as long as nothing changes."""

from typing import Any

from markupsafe import Markup
from quart import current_app

from webapp import views
from webapp.auth import Caller
from webapp.db.remembering import remembered_past
from webapp.history import listing, narrowing


@remembered_past
async def shown(
    user_id: int, person: Caller, asked: narrowing.Asked, year: int, is_part: bool
) -> dict[str, Any]:
    """What the templates of GET /workouts show, with the `list` as HTML; `is_part` for what comes
    below the page before. Days of another year than `year`, the person's, are told with theirs."""
    page = await listing.page(user_id, asked)
    view = views.workout_list if is_part else views.workouts
    names = await narrowing.names(user_id, asked)
    found = view(page=page, bests=page.bests, asked=asked, names=names, person=person)
    template = current_app.config["TEMPLATES"].get_template("parts/workouts_list.html")
    made = Markup(template.render(found))  # noqa: S704 - a template made it # nosec B704
    return {**found, "groups": [], "list": made}
