"""Settings: read from the environment; a wrong one stops the start with one clear line."""

import fcntl
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from webapp.settings import WrongSetting, from_environment

KEY = "k" * 40
ISSUER = {
    "SETLOG_OIDC_ISSUER": "https://accounts.example.org",
    "SETLOG_OIDC_CLIENT_ID": "setlog",
    "SETLOG_OIDC_CLIENT_SECRET": "the-issuers-secret",
}


def test_the_defaults_are_safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = from_environment({})
    assert settings.database_url == "sqlite://var/setlog.sqlite3"
    assert settings.cors_origins == ("http://localhost:3000",)
    assert (settings.insecure_http, settings.registration_open) == (False, True)


def test_the_secret_key_is_made_once_and_kept_for_the_owner_alone(tmp_path: Path) -> None:
    environment = {"SETLOG_DATABASE_URL": f"sqlite://{tmp_path}/data/setlog.sqlite3"}
    first = from_environment(environment).secret_key
    kept = tmp_path / "data" / "setlog.secret"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert from_environment(environment).secret_key == first
    assert len(first) >= 32


def test_two_that_start_at_once_have_one_secret_key(tmp_path: Path) -> None:
    environment = {"SETLOG_DATABASE_URL": f"sqlite://{tmp_path}/setlog.sqlite3"}
    with open(tmp_path / "setlog.secret", "w") as file, ThreadPoolExecutor(2) as others:
        fcntl.flock(file, fcntl.LOCK_EX)  # one is about to write it
        found = [others.submit(from_environment, environment) for _ in range(2)]
        assert not wait(found, timeout=0.1).done
        file.write(KEY)
        file.flush()
        fcntl.flock(file, fcntl.LOCK_UN)
        assert {each.result().secret_key for each in found} == {KEY}


def test_the_secret_key_is_in_no_printed_settings() -> None:
    assert KEY not in repr(from_environment({"SETLOG_SECRET_KEY": KEY}))


def test_a_token_of_the_diary_lasts_a_day_or_as_long_as_is_said() -> None:
    assert from_environment({"SETLOG_SECRET_KEY": KEY}).jwt_expiration_ms == 86_400_000
    for said in ("1000", "31536000000"):
        environment = {"SETLOG_SECRET_KEY": KEY, "JWT_EXPIRATION_MS": said}
        assert from_environment(environment).jwt_expiration_ms == int(said)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://accounts.google.com", "Google"),
        ("https://accounts.example.org/realms/gym", "accounts.example.org"),
        ("http://localhost:9000", "localhost"),
        ("http://127.0.0.7:9000/", "127.0.0.7"),
        ("http://[::1]:9000", "::1"),
    ],
)
def test_an_issuer_has_a_name_for_its_button_and_a_secret_that_is_not_printed(
    url: str, name: str
) -> None:
    settings = from_environment({"SETLOG_SECRET_KEY": KEY, **ISSUER, "SETLOG_OIDC_ISSUER": url})
    assert (settings.oidc_issuer, settings.oidc_name) == (url, name)
    assert ISSUER["SETLOG_OIDC_CLIENT_SECRET"] not in repr(settings)
    assert from_environment({"SETLOG_SECRET_KEY": KEY}).oidc_name == ""


@pytest.mark.parametrize("missing", ISSUER)
def test_the_settings_of_an_issuer_belong_together(missing: str) -> None:
    said = {name: value for name, value in ISSUER.items() if name != missing}
    with pytest.raises(WrongSetting, match=missing):
        from_environment({"SETLOG_SECRET_KEY": KEY, **said})


def test_postgresql_is_understood_by_both_of_its_names() -> None:
    for scheme in ("postgres", "postgresql"):
        url = f"{scheme}://ann@db/setlog?host=/run/pg"
        settings = from_environment({"SETLOG_DATABASE_URL": url, "SETLOG_SECRET_KEY": KEY})
        assert settings.database_url == "postgres://ann@db/setlog?host=/run/pg"
        assert not settings.is_sqlite


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SETLOG_DATABASE_URL", "mysql://x"),
        ("SETLOG_DATABASE_URL", "sqlite://"),
        ("SETLOG_SECRET_KEY", "short"),
        ("SETLOG_INSECURE_HTTP", "yes"),
        ("SETLOG_WEBHOOKS_PRIVATE", "yes"),
        ("SETLOG_REGISTRATION", "maybe"),
        ("SETLOG_TRUSTED_PROXIES", "10.0.0.0/8, nonsense"),
        ("SETLOG_CORS_ORIGINS", "https://example.org/path"),
        ("SETLOG_CORS_ORIGINS", "example.org"),
        ("SETLOG_OIDC_ISSUER", "http://accounts.example.org"),
        ("SETLOG_OIDC_ISSUER", "accounts.example.org"),
        ("SETLOG_OIDC_ISSUER", "https://accounts.example.org/?x=1"),
        ("SETLOG_OIDC_ISSUER", "https://accounts.example.org/#x"),
        ("SETLOG_OIDC_ISSUER", "https://ann:pw@accounts.example.org"),
        ("SETLOG_OIDC_ISSUER", "https://"),
        ("SETLOG_OIDC_ISSUER", "https://[::1"),
        ("SETLOG_OIDC_ISSUER", "https://x/" + "y" * 250),
        ("SETLOG_OIDC_CLIENT_ID", "with a space"),
        ("SETLOG_OIDC_CLIENT_SECRET", "ü"),
        ("SETLOG_OIDC_CLIENT_SECRET", ""),
        ("JWT_EXPIRATION_MS", "1d"),
        ("JWT_EXPIRATION_MS", "-1"),
        ("JWT_EXPIRATION_MS", "999"),
        ("JWT_EXPIRATION_MS", "31536000001"),
        ("JWT_EXPIRATION_MS", "9" * 5000),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as refusal:
        issuer = ISSUER if name.startswith("SETLOG_OIDC") else {}
        from_environment({"SETLOG_SECRET_KEY": KEY, **issuer, name: value})
    assert name in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_the_command_stops_with_that_one_line() -> None:
    command = [str(Path(sys.executable).with_name("setlog")), "migrate"]
    environment = {**os.environ, "SETLOG_REGISTRATION": "maybe", "SETLOG_SECRET_KEY": KEY}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "setlog: SETLOG_REGISTRATION must be one of: open, closed\n"
