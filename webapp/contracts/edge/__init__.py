"""The words between the server and its own service worker: no document, and changed with it.

What the phone has carried out is acknowledged in a few bytes; what it mirrors is told whole.
"""

from webapp.contracts.edge.base import FORM, error, known
from webapp.contracts.edge.flow import (
    Chosen,
    LateSet,
    SessionStart,
    cards_changed,
    discarded,
    finished,
    logged,
    rest_timer,
    started,
    stopped,
    workout_restored,
)
from webapp.contracts.edge.mirror import library, now, plans

__all__ = [
    "FORM",
    "Chosen",
    "LateSet",
    "SessionStart",
    "cards_changed",
    "discarded",
    "error",
    "finished",
    "known",
    "library",
    "logged",
    "now",
    "plans",
    "rest_timer",
    "started",
    "stopped",
    "workout_restored",
]
