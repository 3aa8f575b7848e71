"""What people are shown of their account: signing in, settings, devices, tokens."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, get_args

from webapp.forms.accounts import Contract
from webapp.forms.plates import MOST_OF_ONE
from webapp.ids import uuid7
from webapp.training.plates import BARS, PLATES
from webapp.views.text import clock, short_date
from webapp.zones import OFFERED, local

RESTS = (0, 30, 45, 60, 75, 90, 120, 150, 180, 210, 240, 300, 420, 600)
SMALL = {"kg": ("1", "0.5", "0.25"), "lb": ("1.25", "1", "0.5")}
UNITS = (("kg", "Kilograms"), ("lb", "Pounds"))
CONTRACT_TEXTS = {
    "live": "live, Setlog’s own",
    "gym": "gym",
    "routines": "routines",
    "executions": "executions",
    "diary": "diary",
}
EXPIRIES = (("30", "30 days"), ("90", "90 days"), ("365", "A year"), ("", "Never"))


def key() -> str:
    """A fresh name for a form, so that sending it twice counts once."""
    return str(uuid7())


def register(is_open: bool, issuer: str) -> dict[str, Any]:
    return {"is_open": is_open, "issuer": issuer, "next": "/", "key": key()}


def login(is_open: bool, issuer: str, next: str = "/") -> dict[str, Any]:
    return {"is_open": is_open, "issuer": issuer, "next": next}


def more(me: Any) -> dict[str, Any]:
    return {"current": "more", "heading": "More", "key": key(), "name": shown_name(me)}


def shown_name(person: Any) -> str:
    """What to call somebody: the first thing of these that they told us."""
    return person.name or person.first_name or person.username or person.email or ""


def page(heading: str, back: str = "/settings", **shown: Any) -> dict[str, Any]:
    """What every page of the settings shows beside its own."""
    return {"current": "more", "heading": heading, "back": back, "key": key(), **shown}


def settings(made: Any) -> dict[str, Any]:
    zones = OFFERED if made.timezone in OFFERED else (made.timezone, *OFFERED)
    rests = sorted({*RESTS, made.default_rest_seconds})
    options = {
        "zones": [(zone, zone.replace("_", " ")) for zone in zones],
        "rests": [(str(each), clock(each) if each else "No rest") for each in rests],
        "days": [("1", "Monday"), ("6", "Saturday"), ("7", "Sunday")],
    }
    return page("Settings", "/more", values=made, **options)


def account(made: Any, identity: Any, issuer: str) -> dict[str, Any]:
    facts: dict[str, Any] = {"has_password": made.password_hash is not None, "issuer": issuer}
    return page("Account", values=made, identity=identity, **facts)


def password(made: Any) -> dict[str, Any]:
    name = made.username or made.email
    return page("Password", has_password=made.password_hash is not None, login=name)


def settings_plates(made: Any) -> dict[str, Any]:
    return page(
        "Plates and bars",
        action="/settings/plates",
        units=stocks(made.plates, made.bars, made.weight_unit),
    )


def stocks(plates: Any, bars: Any, first: str) -> list[dict[str, Any]]:
    """The plates and bars to choose from in each unit, the person's own unit first."""
    mine_first = sorted(UNITS, key=lambda unit: unit[0] != first)
    return [_unit(plates, bars, *unit) for unit in mine_first]


def _unit(plates: Any, bars: Any, unit: str, title: str) -> dict[str, Any]:
    owned = plates.get(unit)
    counts = dict(PLATES[unit]) if owned is None else owned
    weights = sorted({*dict(PLATES[unit]), *SMALL[unit], *counts}, key=float, reverse=True)
    racks = bars.get(unit) or BARS[unit]
    return {
        "unit": unit,
        "title": title,
        "bars": ", ".join(str(bar) for bar in racks),
        "plates": [{"weight": each, "count": str(counts.get(each, 0))} for each in weights],
        "counts": _counts(counts.values()),
    }


def _counts(used: Iterable[int]) -> list[tuple[str, str]]:
    offered = sorted({*range(0, MOST_OF_ONE + 1, 2), *used})
    return [(str(each), str(each) if each else "None") for each in offered]


def devices(
    sessions: Sequence[Any], current: int | None, now: datetime, timezone: str
) -> dict[str, Any]:
    shown = [
        {
            "uuid": str(each.uuid),
            "name": each.device or ("A program" if each.kind == "tokens" else "A browser"),
            "is_current": each.id == current,
            "seen": seen(each.last_seen_at, now, timezone),
            "address": each.address,
            "contract": each.contract or "",
            "key": key(),
        }
        for each in sorted(sessions, key=lambda each: each.id != current)
    ]
    others = sum(not each["is_current"] for each in shown)
    return page("Devices", devices=shown, others=others)


def seen(when: datetime, now: datetime, timezone: str) -> str:
    """ "just now", "5 min ago", "3 h ago", "Fri 21 Nov"."""
    minutes = (now - when) // timedelta(minutes=1)
    if minutes < 12:  # as exactly as it is known
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 24 * 60:
        return f"{minutes // 60} h ago"
    return short_date(local(when, timezone))


def tokens(tokens: Sequence[Any], now: datetime, timezone: str) -> dict[str, Any]:
    shown = [
        {
            "uuid": str(each.uuid),
            "name": each.name,
            "contract": each.contract,
            "read_only": each.read_only,
            "hint": each.hint,
            "used": seen(each.last_used_at, now, timezone) if each.last_used_at else "",
            "until": _until(each.expires_at, now, timezone),
            "key": key(),
        }
        for each in tokens
    ]
    contracts = [(name, CONTRACT_TEXTS[name]) for name in get_args(Contract)]
    options: dict[str, Any] = {"contracts": contracts, "expiries": EXPIRIES, "uuid": key()}
    return page("Personal tokens", tokens=shown, **options)


def _until(when: datetime | None, now: datetime, timezone: str) -> str:
    if when is None:
        return "never expires"
    day = local(when, timezone)
    return "expired" if when <= now else f"until {day.day} {day:%b %Y}"


def token_issued(made: Any, secret: str) -> dict[str, Any]:
    return page("Your new token", "/settings/tokens", made=made, secret=secret)
