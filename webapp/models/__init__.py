"""The nouns. Importing this package makes every model known to the ORM."""

from webapp.models.access import KeptAnswer, LoginSession, RefreshToken, Throttle, Token
from webapp.models.changes import Change, Feed
from webapp.models.exercises import (
    Exercise,
    ExerciseAlias,
    ExerciseMerge,
    ExerciseSetting,
    Location,
)
from webapp.models.identities import Identity, SignInAttempt
from webapp.models.imports import ImportPart
from webapp.models.past import PastEdition
from webapp.models.ringing import PushSubscription
from webapp.models.routines import Routine, RoutineItem
from webapp.models.users import BodyWeight, User
from webapp.models.webhooks import Webhook, WebhookDelivery
from webapp.models.workouts import ImportBatch, Workout, WorkoutItem, WorkoutSet

__all__ = [
    "BodyWeight",
    "Change",
    "Exercise",
    "ExerciseAlias",
    "ExerciseMerge",
    "ExerciseSetting",
    "Feed",
    "Identity",
    "ImportBatch",
    "ImportPart",
    "KeptAnswer",
    "Location",
    "LoginSession",
    "PastEdition",
    "PushSubscription",
    "RefreshToken",
    "Routine",
    "RoutineItem",
    "SignInAttempt",
    "Throttle",
    "Token",
    "User",
    "Webhook",
    "WebhookDelivery",
    "Workout",
    "WorkoutItem",
    "WorkoutSet",
]
