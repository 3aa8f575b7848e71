"""Who the person is, as programs show it: name, picture, how they sign in."""

from quart import Response

from webapp import auth, talk
from webapp.models import Identity, User
from webapp.routing import executions


@executions.get("/users/me")
async def show_profile() -> Response:
    """The person who asks."""
    return await _profile(await User.get(id=auth.me().user_id))


@executions.patch("/users/me")
async def edit_profile() -> Response:
    """Change name and picture; absent stays."""
    user, said = await User.get(id=auth.me().user_id), await talk.read("ProfileIn")
    await user.change(**said)
    return await _profile(user)


async def _profile(user: User) -> Response:
    identity = await Identity.filter(user_id=user.id).order_by("id").first()
    return await talk.reply("profile", made=user, identity=identity)
