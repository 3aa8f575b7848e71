"""Whose account it is that an issuer's person signs in to."""

from webapp.accounts import CLOSED
from webapp.db import transaction
from webapp.models import Identity, User
from webapp.models.users import login_key
from webapp.openid.proof import Person
from webapp.problems import Problem, conflict, forbidden
from webapp.security import settings

TAKEN = (
    "There is an account with this e-mail already. Sign in to it with its password, then link "
    "the two under Settings, Account"
)


async def user_of(person: Person) -> User:
    """The user this person is, made now when there is none. Raises Problem 403 (registration is
    closed, the account is not active), 409 (the e-mail is another account's)."""
    user = await _known(person) or await _made(person)
    if not user.is_active:
        raise forbidden("This account is not active")
    return user


async def _known(person: Person) -> User | None:
    found = await Identity.known(person.issuer, person.subject)
    return found.user if found else None


async def _made(person: Person) -> User:
    if not settings().registration_open:
        raise forbidden(CLOSED)
    try:
        return await transaction(lambda: _join(person))
    except Problem as refusal:
        # The same person may have come twice at once, and the other one made it; looked for in a
        # transaction, because others' writes may be seen there a moment before they are kept.
        if (user := await transaction(lambda: _known(person))) is not None:
            return user
        raise conflict(TAKEN, "User") from refusal


async def _join(person: Person) -> User:
    # Not verified it becomes nobody's, and still must not stand beside the account that has it.
    if person.email and await User.exists(email_key=login_key(person.email)):
        raise conflict(TAKEN, "User")
    user = await User.join(
        email=person.email if person.is_verified else None,
        first_name=person.first_name,
        last_name=person.last_name,
        name=person.name,
        profile_image_url=person.picture,
    )
    await Identity.link(user.id, person.issuer, person.subject, person.email)
    return user


async def link(user_id: int, person: Person) -> None:
    """Let this person sign in to the user's account from now on. Raises Problem 403 while their
    e-mail is not verified, 409 when they sign in to another account."""
    if not (person.email and person.is_verified):
        raise forbidden("The sign-in service has not verified your e-mail, so it cannot be linked")
    said = (user_id, person.issuer, person.subject, person.email)
    await transaction(lambda: Identity.link(*said))
