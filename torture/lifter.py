"""A person who trains through an API, and repeats each request until it is answered."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from torture.wire import LIMIT_SECONDS, Answer, Unanswered, ask

SETS_A_WORKOUT = 20
RETRIED = (408, 425, 429, 500, 502, 503, 504)


@dataclass
class Lifter:
    """Logs sets by `gym`'s documented calls, one at a time. Each request has an Idempotency-Key
    that stays the same until it is answered.

    `acknowledged` has what the server said it has: the set's id with its reps and weight.
    """

    token: str
    chance: random.Random
    acknowledged: dict[int, tuple[int, float]] = field(default_factory=dict)
    finished: list[int] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)
    tries: int = 0
    port: int = 0
    limit: float = LIMIT_SECONDS

    async def train(self, stop: asyncio.Event) -> None:
        """Workout after workout until `stop`; what was begun is brought to its answer."""
        template = await self._template()
        while not stop.is_set():
            workout = (await self.say("POST", "/api/Workouts", workoutTemplateId=template)).data
            path = f"/api/Workouts/{workout}"
            exercise = (await self.say("GET", path)).data["exercises"][0]["id"]
            for _ in range(SETS_A_WORKOUT):
                if not stop.is_set():
                    await self._lift(f"{path}/Exercises/{exercise}/Sets")
            await self.say("PUT", f"{path}/Complete", id=workout)
            self.finished.append(workout)

    async def _template(self) -> int:
        said = {"name": "Bench Press", "implementType": "Barbell", "exerciseType": "Reps"}
        exercise = (await self.say("POST", "/api/ExerciseTemplates", **said)).data
        template: int = (await self.say("POST", "/api/WorkoutTemplates", name="Push")).data
        exercises = [{"exerciseTemplateId": exercise}]
        where = f"/api/WorkoutTemplates/{template}/Exercises"
        await self.say("PUT", where, workoutTemplateId=template, exercises=exercises)
        return template

    async def _lift(self, path: str) -> None:
        reps, weight = self.chance.randint(1, 20), self.chance.randint(40, 400) / 2
        made = await self.say("POST", path, reps=reps, weight=weight, weightUnit="Kg")
        assert made.data not in self.acknowledged, "two taps got the same set"
        self.acknowledged[made.data] = (reps, weight)

    async def say(self, method: str, path: str, **said: Any) -> Answer:
        """Ask until there is an answer, and return it. Raises RuntimeError for a refusal."""
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        if method != "GET":
            headers["Idempotency-Key"] = str(uuid4())
        while True:
            self.tries += 1
            try:
                answer = await ask(self.port, method, path, headers, said or None, self.limit)
            except Unanswered:
                await asyncio.sleep(self.chance.uniform(0.02, 0.2))
                continue
            if answer.status < 300:
                return answer
            self.refused[answer.status] += 1
            if answer.status == 503 and "retry-after" not in answer.headers:
                raise RuntimeError(f"{method} {path}: 503 without a time to come back")
            if answer.status not in RETRIED and "retry-after" not in answer.headers:
                raise RuntimeError(f"{method} {path} {answer.status}: {answer.data}")
            await asyncio.sleep(self.chance.uniform(0.05, 0.3))
