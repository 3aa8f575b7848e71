"""Sets that are removed through any contract leave the others in their order, without a gap."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import voices
from tests.support.voices import CONTRACTS
from tests.support.world import Person
from webapp.models import Exercise, WorkoutSet

REMOVING = ("live", "gym", "routines", "executions", "pages")
quick = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from(REMOVING)), max_size=4),
)
@quick
async def test_removing_renumbers_and_keeps_the_order_of_the_rest(
    ann: Person, reps: list[int], removals: list[tuple[int, str]]
) -> None:
    await ann.json("PUT", "/api/session/stop")
    lift = await Exercise.get_or_none(user=ann.user) or await voices.lift(ann)
    workout = await voices.begin(ann, lift)
    for each in reps:
        await voices.log("gym", ann, workout, "60", each)
    left = list(reps)
    for at, voice in removals:
        done = await WorkoutSet.filter(workout=workout, completed_at__isnull=False).order_by(
            "position"
        )
        if done:
            await voices.remove(voice, ann, done[at % len(done)])
            del left[at % len(left)]
    for reader in CONTRACTS:
        assert [n for _, _, n in await voices.told(reader, ann, workout)] == left, reader
    path = f"{voices.BY_GYM}/{workout.id}"
    whole = await voices.said(await ann.json("GET", path))
    numbers = [each["position"] for item in whole["exercises"] for each in item["sets"]]
    assert numbers == list(range(1, len(left) + 1))
