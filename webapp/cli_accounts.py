"""`setlog user` and `setlog token`: accounts and tokens from the command line of the server."""

import sys
from datetime import UTC, datetime
from typing import Any, get_args

import click

from webapp import db, passwords
from webapp.commands import with_database
from webapp.forms.accounts import Contract, Email, UserName
from webapp.forms.base import Form, check
from webapp.models import LoginSession, Token, User

PASSWORD = click.option("--password", help="Asked for, or read from standard input, when left out.")


class _NameIn(Form):
    username: UserName


class _EmailIn(Form):
    email: Email


async def _found(login: str) -> User:
    user = await User.by_login(login)
    if user is None:
        raise click.ClickException(f"there is no user {login}")
    return user


def _password(given: str | None) -> str:
    if given is not None:
        return given
    if sys.stdin.isatty():
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n")


async def _hashed(password: str, own: tuple[str | None, ...]) -> str:
    if (reason := passwords.objection(password, own)) is not None:
        raise click.ClickException(f"the password is not accepted: {reason}")
    return await passwords.hashed(password)


@click.group()
def user() -> None:
    """Make and change accounts."""


@user.command()
@click.argument("login")
@click.option("--email", help="An e-mail to sign in with, beside the user name.")
@click.option("--admin", is_flag=True, help="May edit the exercises everybody sees.")
@PASSWORD
def create(login: str, email: str | None, admin: bool, password: str | None) -> None:
    """Make the account LOGIN, a user name or an e-mail."""
    secret = _password(password)

    async def work() -> None:
        said = check(_EmailIn, {"email": login}) if "@" in login else {}
        said |= check(_EmailIn, {"email": email}) if email else {}
        said |= {} if "@" in login else check(_NameIn, {"username": login})
        ready = await _hashed(secret, (login, email))
        await db.transaction(lambda: User.join(**said, password_hash=ready, is_admin=admin))

    with_database(work)
    click.echo(f"Made {login}.")


@user.command()
@click.argument("login")
@click.option("--revoke", is_flag=True, help="Take it away again.")
def admin(login: str, revoke: bool) -> None:
    """Make LOGIN an administrator."""

    async def work() -> None:
        await (await _found(login)).change(is_admin=not revoke)

    with_database(work)
    click.echo(f"{login} is {'no longer' if revoke else 'now'} an administrator.")


@user.command("password")
@click.argument("login")
@PASSWORD
def set_password(login: str, password: str | None) -> None:
    """Set another password for LOGIN, which signs out everywhere."""
    secret = _password(password)

    async def work() -> None:
        found = await _found(login)
        ready = await _hashed(secret, (found.username, found.email))

        async def change() -> None:
            await found.set_password(ready)
            await LoginSession.end(found.id)

        await db.transaction(change)

    with_database(work)
    click.echo(f"{login} has another password and is signed out everywhere.")


@user.command()
@click.argument("login")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(login: str, yes: bool) -> None:
    """Delete LOGIN with all workouts, routines and exercises."""
    if not yes:
        click.confirm(f"Delete {login} and everything of theirs for ever?", abort=True)

    async def work() -> None:
        found = await _found(login)
        await db.transaction(found.delete)

    with_database(work)
    click.echo(f"Deleted {login}.")


@click.group()
def token() -> None:
    """Make and revoke personal tokens for programs."""


@token.command("create")
@click.option("--user", "login", required=True, help="Whose token: a user name or an e-mail.")
@click.option("--contract", required=True, type=click.Choice(get_args(Contract)))
@click.option("--name", default="command line", show_default=True)
@click.option("--read-only", is_flag=True, help="May look at everything and change nothing.")
@click.option("--days", type=click.IntRange(1, 3650), help="Expires after so many days.")
def create_token(login: str, contract: str, name: str, read_only: bool, days: int | None) -> None:
    """Make a token and print it, and only it. It cannot be shown again."""

    async def work() -> str:
        owner = await _found(login)
        said: dict[str, Any] = {
            "days": days,
            "name": name[:100],
            "contract": contract,
            "read_only": read_only,
        }
        _, secret = await db.transaction(lambda: Token.issue(owner.id, **said))
        return secret

    click.echo(with_database(work))


@token.command("list")
@click.option("--user", "login", help="Only the tokens of this user.")
def list_tokens(login: str | None) -> None:
    """List the tokens, one a line: id, user, contract, rights, end, name."""

    async def work() -> list[Token]:
        found = Token.filter(revoked_at=None).prefetch_related("user").order_by("id")
        return await (found.filter(user_id=(await _found(login)).id) if login else found)

    for each in with_database(work):
        click.echo(_line(each))


def _line(each: Token) -> str:
    until = each.expires_at
    over = " (expired)" if until and until <= datetime.now(UTC) else ""
    parts = (
        str(each.uuid),
        each.user.username or each.user.email or "",
        each.contract,
        "read-only" if each.read_only else "read-write",
        f"{until:%Y-%m-%d}{over}" if until else "never expires",
        f"…{each.hint}",
        each.name,
    )
    return "\t".join(parts)


@token.command("revoke")
@click.argument("token_id", type=click.UUID)
def revoke_token(token_id: Any) -> None:
    """Revoke the token with the id that `setlog token list` shows."""

    async def work() -> None:
        found = await Token.get_or_none(uuid=token_id, revoked_at=None).prefetch_related("user")
        if found is None:
            raise click.ClickException(f"there is no token {token_id}")
        await Token.end(found.user.id, uuid=token_id)

    with_database(work)
    click.echo("Revoked.")
