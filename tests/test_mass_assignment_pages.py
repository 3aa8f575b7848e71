"""Fields that a page's form does not have set nothing, whatever a browser sends with it."""

from typing import Any

from pydantic import AliasChoices
from quart import Quart

from tests.support.everything import fill, path_of
from tests.support.spoiling import TRACES, comparable, poison, stored
from tests.support.world import Person
from tests.test_mass_assignment import SECRET, named, prepare, routes, traces, undone
from webapp import forms, passwords
from webapp.documents.reading import look_into
from webapp.models import User
from webapp.writes import HEADER

FORMS: dict[str, dict[str, Any]] = {
    "/register": {"username": "cleo", "password": SECRET},
    "/login": {"login": "ann", "password": SECRET},
    "/body": {"weight": "80"},
    "/body/<uuid:uuid>": {"weight": "81"},
    "/exercises": {"name": "Row"},
    "/exercises/<uuid:uuid>/edit": {"name": "Row"},
    "/exercises/<uuid:uuid>/favourite": {"on": "1"},
    "/exercises/<uuid:uuid>/merge": {"into": "{other.uuid}"},
    "/exercises/<uuid:uuid>/settings": {"increment": "5"},
    "/import/<uuid:uuid>/choices": {"weight_unit": "lb"},
    "/import/<uuid:uuid>/start": {"weight_unit": "lb"},
    "/routines": {"name": "Pull"},
    "/routines/<uuid:uuid>/edit": {"name": "Pull"},
    "/routines/<uuid:uuid>/items": {"exercise": "{exercise.uuid}"},
    "/routines/<uuid:uuid>/items/order": {"order": "{routine_item.uuid}"},
    "/routines/items/<uuid:item>": {"sets": "4"},
    "/routines/order": {"order": "{routine.uuid}"},
    "/session/start": {"routine": "{routine.uuid}"},
    "/session/items": {"exercise": "{exercise.uuid}"},
    "/session/items/<uuid:item>/swap": {"exercise": "{exercise.uuid}"},
    "/session/items/<uuid:item>/edit": {"note": "Fine"},
    "/session/sets/<uuid:uuid>/log": {"reps": "5", "weight": "60"},
    "/session/sets/<uuid:uuid>/edit": {"reps": "5", "weight": "60"},
    "/session/finish": {"rating": "4"},
    "/settings": {"theme": "dark"},
    "/settings/locations": {"name": "Barn"},
    "/settings/locations/<uuid:location>": {"name": "Barn"},
    "/settings/account": {"first_name": "Ann"},
    "/settings/account/delete": {"password": SECRET},
    "/settings/password": {"current": SECRET, "password": "another-orchard-9"},
    "/settings/tokens": {"name": "phone"},
    "/settings/webhooks": {"url": "https://example.org/hook"},
    "/workouts/<uuid:uuid>/edit": {"name": "Legs"},
    "/workouts/<uuid:uuid>/items": {"exercise": "{exercise.uuid}"},
    "/workouts/<uuid:uuid>/items/<uuid:item_uuid>/edit": {"notes": "Fine"},
    "/workouts/<uuid:uuid>/share": {"notes": "1"},
    "/workouts/<uuid:uuid>/sets/<uuid:set_uuid>/edit": {"reps": "6"},
    "/workouts/<uuid:uuid>/items/<uuid:item_uuid>/sets": {"reps": "6"},
    "/workouts/<uuid:uuid>/routine": {"name": "Legs"},
}
# Starters have no row to name, linking needs an issuer, plates are named by their own weights, a
# deleted weight by what its Undo carries, a file has no fields.
ELSEWHERE = (
    *("/routines/starters/<slug>", "/settings/account/link", "/settings/plates"),
    "/settings/locations/<uuid:location>/plates",
    *("/body/restore", "/import"),
)


def words(view: Any) -> set[str]:
    """The names of all fields that the view's forms have."""
    found = {HEADER, "key"}
    for name in look_into(view).forms:
        for field, each in getattr(forms, name).model_fields.items():
            alias = each.validation_alias
            found |= {field, *(map(str, alias.choices) if isinstance(alias, AliasChoices) else ())}
            found |= {alias} if isinstance(alias, str) else set()
    return found


async def test_only_the_fields_of_a_form_are_heard(app: Quart, ann: Person, bob: Person) -> None:
    world = await fill(ann)
    secret = await passwords.hashed(SECRET)
    await User.filter(id=ann.user.id).update(password_hash=secret)
    extra = {**poison(), "user_id": bob.user.id, "userId": bob.user.id}
    for method, rule in routes(app, "pages"):
        if rule.rule in ELSEWHERE:
            continue
        path, form = path_of(app, rule, world), named(FORMS.get(rule.rule, {}), world)
        known = words(app.view_functions[rule.endpoint])
        more = {name: str(value) for name, value in extra.items() if name not in known}

        async def after(sent: Any, rule: Any = rule, path: str = path) -> Any:
            await prepare(rule, world)
            answer = await ann.page("POST", path, sent)
            return answer.status_code, await answer.get_data(as_text=True), await stored()

        async def clean(form: Any = form, after: Any = after) -> Any:
            return await after(form)

        async def dirty(form: Any = form, more: Any = more, after: Any = after) -> Any:
            return await after(more | form)

        status, text, expected = await undone(clean)
        assert status < 400, (rule, text)
        spoiled_status, text, found = await undone(dirty)
        assert (method, spoiled_status) == ("POST", status), (rule, text)
        assert not TRACES.search(str(found)), (rule, traces(found))
        assert comparable(found) == comparable(expected), rule
