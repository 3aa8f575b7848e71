"""What an exercise is chosen from, wherever one is added."""

from typing import Any

from webapp import auth, talk
from webapp.db import Row
from webapp.models import library

OFFERED = 60
ALL = 1000  # of one muscle group


async def offers() -> dict[str, Any]:
    """What every picker tells: what was `asked` (q and muscle, "" where nothing is said), what the
    search `found`, and the `recent` exercises, none of them while something is asked."""
    me, asked = auth.me(), {"q": "", "muscle": "", **await talk.query("LibraryQuery")}
    is_asked = asked["q"] or asked["muscle"]
    return {
        "asked": asked,
        "recent": [] if is_asked else await library.recent(me.user_id),
        "found": await library.search(me.user_id, asked["q"], asked["muscle"], limit=OFFERED),
    }


async def alike(exercise_id: int | None) -> list[Row]:
    """What else works first what this exercise does, as rows of a search; two statements."""
    user_id = auth.me().user_id
    mine = await library.by_id(user_id, exercise_id) if exercise_id is not None else None
    if mine is None:
        return []
    group = await library.search(user_id, muscle=mine["muscle_group"], limit=ALL)
    return [each for each in group if library.first_muscle(each) == library.first_muscle(mine)]
