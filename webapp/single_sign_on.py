"""Signing in at an OpenID Connect issuer: for browsers, for programs, and linking an account."""

from typing import Any
from urllib.parse import quote

from quart import Response, g, redirect, request

from webapp import auth, signing_in, talk, toasts
from webapp.accounts import NO_STORE, local_path, me, prove_me, show_account, show_login
from webapp.models import Identity
from webapp.openid import journey, people, proof
from webapp.openid.issuer import Issuer, configured
from webapp.problems import Problem, forbidden, invalid
from webapp.routing import anonymous, executions, or_again, pages, public
from webapp.security import settings
from webapp.writes import own_transaction

BACK_TO_PAGES = "/login/oidc/callback"
BACK_TO_PROGRAMS = "/api/v1/auth/google/callback"


def _sent_on(to: str) -> Any:
    answer = redirect(to, 303)
    answer.headers.update(NO_STORE)
    return answer


@pages.get("/login/oidc")
@public
async def leave() -> Any:
    """Send the person to the issuer, and later to `next`. 503 when there is none, or it is away."""
    if g.caller:
        return redirect("/", 303)
    said = await talk.query("NextIn")
    to = local_path(said.get("next", "/")[:2048])
    if request.headers.get("Sec-Fetch-Site") == "cross-site":  # nobody is signed in by a link
        return _sent_on(f"/login?next={quote(to)}")
    return _sent_on(await journey.begin(BACK_TO_PAGES, next_url=to))


@pages.get(BACK_TO_PAGES)
@public
async def come_back() -> Any:
    """End the journey: sign in, or link the account. A refusal shows the sign-in page again."""
    try:
        return await _arrived(await journey.end(BACK_TO_PAGES))
    except Problem as refusal:
        if g.caller or g.wants_json:
            raise
        return await _at_the_door(refusal)


async def _at_the_door(refusal: Problem) -> Any:
    g.problem = refusal
    answer = await show_login()
    answer.status_code = refusal.status
    if refusal.retry_after:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


async def _arrived(arrival: journey.Arrival) -> Any:
    if arrival.user_id is None:
        await signing_in.enter(await people.user_of(arrival.person))
        return _sent_on(arrival.next_url)
    if g.caller is None or g.caller.user_id != arrival.user_id:
        raise forbidden("Please sign in to the account that you want to link, and try again")
    await people.link(arrival.user_id, arrival.person)
    toasts.leave(f"Linked. You can sign in with {settings().oidc_name}")
    return _sent_on("/settings/account")


@pages.post("/settings/account/link")
@own_transaction
@or_again(show_account)
async def link_account() -> Response:
    """Begin to link an account at the issuer, after the password once more. 403 for personal
    tokens, which must not outlive themselves by it."""
    configured()
    if auth.me().session_id is None:
        raise forbidden("A personal token cannot link accounts; please sign in")
    user, said = await me(), await talk.read("LinkIn")
    await prove_me(user, said.get("link_password", ""), "link_password")
    url = await journey.begin(BACK_TO_PAGES, user_id=user.id)
    # A page, not a redirect: the policy against foreign forms would stop one on its way there.
    return await talk.reply("linking", headers=NO_STORE, url=url, issuer=settings().oidc_name)


@pages.post("/settings/account/unlink")
@or_again(show_account)
async def unlink_account() -> Response:
    """Forget the accounts at issuers. 400 for who has no password to sign in with instead."""
    user = await me()
    if user.password_hash is None:
        raise invalid("Set a password first, or you could not sign in any more")
    await Identity.filter(user_id=user.id).delete()
    toasts.leave("Unlinked")
    return await talk.reply("unlinked", to="/settings/account")


@executions.post("/auth/google")
@anonymous
@own_transaction
async def prove_elsewhere() -> Response:
    """Sign in with a token of the issuer; without one, begin the journey there. 401 when it
    proves nothing, 403 closed, 400 e-mail taken, 429 too often, 503 not configured or away."""
    issuer, said = configured(), await talk.read("GoogleIn")
    if not said:
        url = await journey.begin(BACK_TO_PROGRAMS, contract=talk.contract_name())
        return await talk.reply("authorization", headers=NO_STORE, url=url)
    await journey.count()
    facts = await _handed_out(await _proven(issuer, **said))
    return await talk.reply("signed_in", headers=NO_STORE, **facts)


async def _proven(issuer: Issuer, id_token: str = "", access_token: str = "") -> proof.Person:
    if access_token:
        return await proof.by_access_token(issuer, access_token)
    return await proof.by_id_token(issuer, id_token)


@executions.get("/auth/google/callback")
@anonymous
async def come_back_to_program() -> Response:
    """End the journey of a program, with the same answer as to a token of the issuer."""
    arrival = await journey.end(BACK_TO_PROGRAMS, talk.contract_name())
    facts = await _handed_out(arrival.person)
    return await talk.reply("signed_in", headers=NO_STORE, **facts)


async def _handed_out(person: proof.Person) -> dict[str, Any]:
    user = await people.user_of(person)
    pair = await signing_in.hand_out(user, talk.contract_name())
    identity = await Identity.known(person.issuer, person.subject)
    return {"made": user, "identity": identity, "pair": pair}
