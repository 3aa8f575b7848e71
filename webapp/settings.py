"""Settings: read once from the environment, checked before anything starts."""

import fcntl
import os
import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from webapp import database_url

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_DATABASE = "sqlite://var/setlog.sqlite3"
DAY_MS = 86_400_000


class WrongSetting(ValueError):
    """A setting that stops the start; its text is the one line the operator reads."""


@dataclass(frozen=True)
class Settings:
    """What the operator decided. `from_environment` is the only reader of `os.environ`."""

    database_url: str = DEFAULT_DATABASE
    secret_key: str = field(default="", repr=False)
    insecure_http: bool = False
    trusted_proxies: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ("http://localhost:3000",)
    registration_open: bool = True
    jwt_expiration_ms: int = DAY_MS
    webhooks_private: bool = False
    max_requests: int = 6000  # of one person a minute, in each process; 0: as many as they like
    max_megabytes: int = 1000  # of one person in the database, about; 0: as many as they like
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)

    @property
    def oidc_name(self) -> str:
        """What people are told the issuer is called; empty when there is none."""
        known = {"https://accounts.google.com": "Google"}
        return known.get(self.oidc_issuer) or urlsplit(self.oidc_issuer).hostname or ""

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite://")

    @property
    def sqlite_path(self) -> Path:
        """The database file; a relative path is meant from the folder setlog runs in."""
        return Path(self.database_url.removeprefix("sqlite://").partition("?")[0])


def from_environment(environ: dict[str, str] | None = None) -> Settings:
    """Return the settings in `environ`. Raises WrongSetting with one clear line."""
    env = dict(os.environ if environ is None else environ)
    url = checked_url(env.get("SETLOG_DATABASE_URL") or DEFAULT_DATABASE)
    return Settings(
        database_url=url,
        secret_key=_secret_key(env.get("SETLOG_SECRET_KEY", ""), url),
        insecure_http=_flag(env, "SETLOG_INSECURE_HTTP"),
        trusted_proxies=_networks(env.get("SETLOG_TRUSTED_PROXIES", "")),
        cors_origins=_origins(env.get("SETLOG_CORS_ORIGINS", "http://localhost:3000")),
        registration_open=_choice(env, "SETLOG_REGISTRATION", ("open", "closed")) == "open",
        jwt_expiration_ms=_milliseconds(env, "JWT_EXPIRATION_MS", DAY_MS),
        webhooks_private=_flag(env, "SETLOG_WEBHOOKS_PRIVATE"),
        max_requests=_most(env, "SETLOG_MAX_REQUESTS", 6000),
        max_megabytes=_most(env, "SETLOG_MAX_MEGABYTES", 1000),
        **_issuer(env),
    )


def checked_url(url: str) -> str:
    """The URL of a database as the program takes it. Raises WrongSetting."""
    if url.startswith("postgresql://"):
        url = "postgres://" + url.removeprefix("postgresql://")
    if not url.startswith(("sqlite://", "postgres://")) or url in ("sqlite://", "postgres://"):
        raise WrongSetting("SETLOG_DATABASE_URL must be sqlite://PATH or postgres://USER@HOST/NAME")
    try:
        database_url.split(url)
    except ValueError as error:
        raise WrongSetting(f"SETLOG_DATABASE_URL: {error}") from error
    return url


def _secret_key(given: str, url: str) -> str:
    if given:
        if len(given) < 32:
            raise WrongSetting("SETLOG_SECRET_KEY must be at least 32 characters long")
        return given
    beside = Path("var")
    if url.startswith("sqlite://"):
        beside = Path(url.removeprefix("sqlite://").partition("?")[0]).parent
    return _kept_secret(beside / "setlog.secret")


def _kept_secret(path: Path) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        secret = path.read_text().strip() if path.exists() else ""
        secret = secret or _made_secret(path)
    except OSError as error:
        raise WrongSetting(f"SETLOG_SECRET_KEY is not set and {path}: {error.strerror}") from error
    if len(secret) < 32:
        raise WrongSetting(f"{path} does not hold a key of at least 32 characters; remove it")
    return secret


def _made_secret(path: Path) -> str:
    """The key that is in the file from now on: of two that start at once, one makes it for both."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        secret = file.read().strip()
        if not secret:
            secret = secrets.token_urlsafe(48)
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        return secret


def _flag(env: dict[str, str], name: str) -> bool:
    value = env.get(name, "0")
    if value not in ("", "0", "1"):
        raise WrongSetting(f"{name} must be 1 or 0")
    return value == "1"


def _choice(env: dict[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = env.get(name) or allowed[0]
    if value not in allowed:
        raise WrongSetting(f"{name} must be one of: {', '.join(allowed)}")
    return value


def _milliseconds(env: dict[str, str], name: str, usual: int) -> int:
    value = env.get(name) or str(usual)
    is_number = value.isascii() and value.isdigit() and len(value) < 12
    if not (is_number and 1000 <= int(value) <= 365 * DAY_MS):
        raise WrongSetting(f"{name} must be milliseconds, from 1000 to {365 * DAY_MS} (a year)")
    return int(value)


def _most(env: dict[str, str], name: str, usual: int) -> int:
    value = env.get(name) or str(usual)
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise WrongSetting(f"{name} must be a whole number, 0 for no limit")
    return int(value)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _networks(text: str) -> tuple[str, ...]:
    for part in _listed(text):
        try:
            ip_network(part, strict=False)
        except ValueError as error:
            raise WrongSetting(f"SETLOG_TRUSTED_PROXIES: {part!r} is no address") from error
    return _listed(text)


def _origins(text: str) -> tuple[str, ...]:
    for part in _listed(text):
        url = urlsplit(part)
        if url.scheme not in ("http", "https") or not url.netloc or url.path or url.query:
            raise WrongSetting(f"SETLOG_CORS_ORIGINS: {part!r} is not like https://example.org")
    return _listed(text)


def _issuer(env: dict[str, str]) -> dict[str, str]:
    names = ("oidc_issuer", "oidc_client_id", "oidc_client_secret")
    said = {name: env.get(f"SETLOG_{name.upper()}", "") for name in names}
    if not any(said.values()):
        return {}
    for name, value in said.items():
        is_plain = value.isascii() and value.isprintable() and " " not in value
        if not (0 < len(value) <= 255 and is_plain):
            text = "must be set (up to 255 plain characters), as SETLOG_OIDC_* belong together"
            raise WrongSetting(f"SETLOG_{name.upper()} {text}")
    if not _is_issuer(said["oidc_issuer"]):
        raise WrongSetting("SETLOG_OIDC_ISSUER must be like https://accounts.example.org")
    return said


def _is_issuer(url: str) -> bool:
    try:
        parts = urlsplit(url)
        is_bare = not (parts.query or parts.fragment or "@" in parts.netloc or "?" in url)
        return is_bare and bool(parts.hostname) and (parts.scheme == "https" or is_loopback(url))
    except ValueError:
        return False


def is_loopback(url: str) -> bool:
    """Whether an http URL stays on this machine, where it needs no TLS."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        return parts.scheme == "http" and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False
