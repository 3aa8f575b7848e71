"""What an exercise is chosen from, wherever one is added."""

from typing import Any

from webapp import auth, talk
from webapp.models import library

OFFERED = 60


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
