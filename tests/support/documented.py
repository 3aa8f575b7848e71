"""The operations of the five documents, and which answers a run of the tests has seen."""

from collections import defaultdict
from typing import Any

import orjson
from quart import Quart, Response, request
from quart.signals import request_finished

from webapp.claims import contract_of, shape
from webapp.talk import contract_name

KEPT = 20
SEEN: dict[tuple[str, str, str], dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))

# Copied from the documents by hand, in their order.
OPERATIONS = """
live POST /api/user/register
live POST /api/user/login
live POST /api/user/logout
live POST /api/user/revoke
live POST /api/user/refresh
live PUT /api/user/edit
live DELETE /api/user
live GET /api/workouts
live POST /api/workouts
live PUT /api/workouts/{id}
live DELETE /api/workouts/{id}
live POST /api/workouts/exercises
live PUT /api/workouts/exercises/{id}
live DELETE /api/workouts/exercises/{id}
live POST /api/session/start
live GET /api/session
live PUT /api/session/stop
live PUT /api/session/finish
live GET /api/session/workout
live PUT /api/session/workout/finish
live POST /api/session/workout/exercise/start
live PUT /api/session/workout/exercise/log
live PUT /api/session/workout/exercise/stop
live PUT /api/session/workout/exercise/finish
gym POST /api/Workouts
gym GET /api/Workouts/InProgress
gym GET /api/Workouts/Recent
gym GET /api/Workouts
gym GET /api/Workouts/{id}
gym PUT /api/Workouts/{id}
gym PUT /api/Workouts/{id}/Complete
gym DELETE /api/Workouts/{id}
gym PUT /api/Workouts/{id}/Exercises
gym POST /api/Workouts/{workoutId}/Exercises/{exerciseId}/Sets
gym PUT /api/Workouts/{workoutId}/Exercises/{exerciseId}/Sets/{setId}
gym DELETE /api/Workouts/{workoutId}/Exercises/{exerciseId}/Sets/{setId}
routines POST /api/v1/workouts
routines GET /api/v1/workouts
routines GET /api/v1/workouts/{id}
routines PATCH /api/v1/workouts/{id}
routines POST /api/v1/workouts/{id}/complete
routines DELETE /api/v1/workouts/{id}
routines POST /api/v1/workouts/{sessionId}/sets
routines PUT /api/v1/workouts/{sessionId}/sets/{setId}
routines DELETE /api/v1/workouts/{sessionId}/sets/{setId}
routines GET /api/v1/exercises/{exerciseId}/history
routines GET /api/v1/exercises/{exerciseId}/pbs
executions POST /api/v1/auth/google
executions GET /api/v1/auth/google/callback
executions POST /api/v1/auth/logout
executions GET /api/v1/users/me
executions PATCH /api/v1/users/me
executions GET /api/v1/users/me/stats
executions GET /api/v1/exercises
executions GET /api/v1/exercises/{exercise_id}
executions POST /api/v1/exercises
executions PATCH /api/v1/exercises/{exercise_id}
executions DELETE /api/v1/exercises/{exercise_id}
executions GET /api/v1/exercises/search
executions GET /api/v1/workouts
executions GET /api/v1/workouts/{workout_id}
executions POST /api/v1/workouts
executions PATCH /api/v1/workouts/{workout_id}/finish
executions DELETE /api/v1/workouts/{workout_id}
executions GET /api/v1/workouts/{workout_id}/exercise-executions/{exercise_id}
executions PUT /api/v1/workouts/{workout_id}/exercise-executions/{exercise_id}
executions DELETE /api/v1/workouts/{workout_id}/exercise-executions/{exercise_id}
executions PATCH /api/v1/workouts/{workout_id}/exercise-executions/{exercise_id}
executions PATCH /api/v1/workouts/{workout_id}/exercise-executions/reorder
executions POST /api/v1/workouts/{workout_id}/exercise-executions/{exercise_id}/sets
executions PATCH /api/v1/workouts/{workout_id}/exercise-executions/{exercise_id}/sets/{set_id}
executions DELETE /api/v1/workouts/{workout_id}/exercise-executions/{exercise_id}/sets/{set_id}
diary POST /api/v1.0/auth/register
diary POST /api/v1.0/auth/login
diary POST /api/v1.0/exercises
diary GET /api/v1.0/exercises/{id}
diary GET /api/v1.0/exercises
diary PUT /api/v1.0/exercises/{id}
diary DELETE /api/v1.0/exercises/{id}
diary POST /api/v1.0/workouts
diary GET /api/v1.0/workouts
diary GET /api/v1.0/workouts/{id}
diary PUT /api/v1.0/workouts/{id}
diary DELETE /api/v1.0/workouts/{id}
"""


def watch() -> None:
    """Note the answer of every operation that a test asks for, of whichever app."""
    request_finished.connect(_note)


async def _note(app: Quart, response: Response) -> None:
    rule: Any = request.url_rule
    if (
        rule is None
        or contract_of(rule) in ("pages", "edge")
        or request.method in ("HEAD", "OPTIONS")
    ):
        return
    # Not the rule's contract: where two claim a pair, who is refused may speak the other one.
    place = (contract_name(), request.method, shape(rule.rule))
    bodies = SEEN[place][response.status_code]
    if len(bodies) < KEPT:
        body: Any = await response.get_data()
        is_json = body and "Content-Encoding" not in response.headers
        bodies.append(orjson.loads(body) if is_json else None)
