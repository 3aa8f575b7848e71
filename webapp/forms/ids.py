"""Ids that a body repeats from its address."""

from typing import Any

from webapp.problems import invalid


def matching(said: dict[str, Any], **address: int) -> dict[str, Any]:
    """What was said, without these ids. Raises Problem 400 for one that is not the address's."""
    for name, id in address.items():
        if said.pop(name, None) not in (None, id):
            raise invalid("The id is another one's", **{name: "Must be the id in the address"})
    return said
