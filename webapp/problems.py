"""What can go wrong, in our own words; refusals.complain says it in the caller's."""

from collections.abc import Mapping, Sequence


class Problem(Exception):
    """A refusal with a status, a text for a person and a code and fields for a program.

    `code` is one of: invalid, unreadable, unauthenticated, forbidden, not_found, conflict,
    too_large, too_many, unavailable, sso_not_configured, sso_unavailable, failed. `fields` maps
    a field's path to its texts.
    `noun` names what was looked for (a model's name), `facts` what a contract's text needs.
    """

    def __init__(
        self,
        status: int,
        text: str,
        *,
        code: str = "invalid",
        fields: Mapping[tuple[str | int, ...], Sequence[str]] | None = None,
        noun: str = "",
        retry_after: int | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.code = code
        self.fields = {path: list(texts) for path, texts in (fields or {}).items()}
        self.noun = noun
        self.retry_after = retry_after
        self.facts = dict(facts or {})


def invalid(text: str, **fields: str) -> Problem:
    """400: a value is wrong; keyword arguments say which field and why."""
    return Problem(400, text, fields={(name,): [why] for name, why in fields.items()})


def not_found(noun: str, **facts: object) -> Problem:
    """404: there is no such row, or it is another person's (never say which)."""
    return Problem(404, f"{noun} not found", code="not_found", noun=noun, facts=facts)


def conflict(text: str, noun: str = "", **facts: object) -> Problem:
    """409: the row's state does not allow it."""
    return Problem(409, text, code="conflict", noun=noun, facts=facts)


def unauthenticated(text: str = "Please sign in") -> Problem:
    """401: nobody, or a credential that is wrong, expired or revoked."""
    return Problem(401, text, code="unauthenticated")


def forbidden(text: str) -> Problem:
    """403: known, and not allowed."""
    return Problem(403, text, code="forbidden")
