"""Writers that share a commit: what one of them undoes is its own alone, whoever came first."""

import asyncio

import pytest

from tests.support.world import Person
from webapp.db import transaction
from webapp.models import Location


async def _write(person: Person, number: int, is_undone: bool) -> None:
    async def body() -> None:
        await Location.create(user=person.user, name=f"Gym {number}")
        if is_undone:
            raise LookupError

    await transaction(body)


@pytest.mark.parametrize("undone", ({0}, {1}, {2}, {0, 1}, {0, 2}, {0, 1, 2}))
async def test_what_is_undone_leaves_the_rest_as_it_is(ann: Person, undone: set[int]) -> None:
    writers = (_write(ann, number, number in undone) for number in range(3))
    ends = await asyncio.gather(*writers, return_exceptions=True)
    assert [isinstance(each, LookupError) for each in ends] == [n in undone for n in range(3)]
    stored = {each.name for each in await Location.filter(user=ann.user)}
    assert stored == {f"Gym {number}" for number in range(3) if number not in undone}
    await _write(ann, 3, is_undone=False)
    assert await Location.filter(user=ann.user, name="Gym 3").exists()
