"""What a PostgreSQL URL says of connections is taken out; a wrong value stops the start."""

import pytest

from webapp.database_url import split
from webapp.settings import WrongSetting, checked_url


def test_what_is_ours_is_taken_and_the_rest_stays_for_postgresql() -> None:
    url = "postgres://u:p%40@a:1,b:2/setlog?target_session_attrs=primary&maxsize=9&timeout=2.5"
    rest, one, pool = split(f"{url}&statement_cache_size=0&command_timeout=7&ssl=true")
    assert rest == "postgres://u:p%40@a:1,b:2/setlog?target_session_attrs=primary"
    assert one == {"timeout": 2.5, "statement_cache_size": 0, "ssl": True}
    assert pool == {"max_size": 9, "command_timeout": 7.0}


def test_a_url_without_parameters_stays_as_it_is() -> None:
    assert split("postgres://u@h/d") == ("postgres://u@h/d", {}, {})
    assert split("postgres://u@h/d?minsize=2")[0] == "postgres://u@h/d"


@pytest.mark.parametrize("wrong", ["maxsize=many", "ssl=perhaps", "timeout=", "command_timeout=x"])
def test_a_value_that_is_none_is_said_in_one_line(wrong: str) -> None:
    with pytest.raises(WrongSetting, match=wrong.partition("=")[0]):
        checked_url(f"postgres://u@h/d?{wrong}")


def test_postgresql_may_be_spelled_out() -> None:
    assert checked_url("postgresql://u@h/d") == "postgres://u@h/d"
