"""Settings: units, time, looks, the rest timer, plates and bars, the password."""

from quart import Response

from webapp import auth, signing_in, talk, toasts
from webapp.accounts import change_password, hashed_for, me, prove_me
from webapp.db import transaction
from webapp.models import body
from webapp.routing import gym, or_again, pages
from webapp.writes import own_transaction


@pages.get("/more")
async def more() -> Response:
    """What has no tab of its own."""
    return await talk.reply("more", me=auth.me())


@pages.get("/settings")
async def show_settings() -> Response:
    """How the person likes to train."""
    return await talk.reply("settings", made=await me())


@pages.post("/settings")
@or_again(show_settings)
async def change_settings() -> Response:
    """Change what was said; the rest stays. Another theme is shown by the whole page anew."""
    said, user = await talk.read("SettingsIn"), await me()
    refresh = {"HX-Refresh": "true"} if said.get("theme", user.theme) != user.theme else {}
    await user.change(**said)
    toast = toasts.tell("Saved")
    return await talk.reply(
        "settings_saved", to="/settings", headers=refresh, made=user, toast=toast
    )


@pages.get("/settings/plates")
async def show_plates() -> Response:
    """Which plates and bars the person loads."""
    return await talk.reply("settings_plates", made=await me())


@pages.post("/settings/plates")
@or_again(show_plates)
async def change_plates() -> Response:
    """Change the plates and bars of the units that were said."""
    said, user = await talk.read("PlatesIn"), await me()
    owned = {kind: {**getattr(user, kind), **units} for kind, units in said.items()}
    await user.change(**owned)
    toasts.leave("Saved")
    return await talk.reply("settings_plates", to="/settings/plates", made=user)


@gym.get("/UserPreferences")
async def show_preferences() -> Response:
    """The person's units, and what they weigh."""
    user = await me()
    weight = await body.known(user.id, user.weight_unit)
    return await talk.reply("preferences", made=user, bodyweight=weight)


@gym.put("/UserPreferences")
async def change_preferences() -> Response:
    """Change units or body weight; absent stays."""
    said, user = await talk.read("PreferencesIn"), await me()
    weight = [said.pop("bodyweight")] if "bodyweight" in said else []
    await user.change(**said)
    for each in weight:
        await body.weigh(user.id, each, user.weight_unit)
    return await talk.reply("preferences_changed")


@pages.get("/settings/password")
async def show_password() -> Response:
    """The form for another password."""
    return await talk.reply("password", made=await me())


@pages.post("/settings/password")
@own_transaction
@or_again(show_password)
async def new_password() -> Response:
    """Set another password, which signs out everywhere else. 400 wrong or weak, 429 too often."""
    said, user = await talk.read("PasswordIn"), await me()
    await prove_me(user, said.get("current", ""), "current")
    ready = await hashed_for(user, said["password"])
    await transaction(lambda: change_password(user, ready))
    if signing_in.came_by_cookie():
        await signing_in.enter(user)
    toasts.leave("Password changed. You are signed out everywhere else")
    return await talk.reply("password_changed", to="/settings")
