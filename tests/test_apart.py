"""Work in a fork: its memory goes with it, and how it ends is how the process ends."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from webapp import apart


def _refuse() -> None:
    raise click.ClickException("not like this")


def _fail() -> None:
    raise ValueError("something else")


def test_it_is_done_by_another_process_that_has_ended(tmp_path: Path) -> None:
    told = tmp_path / "pid"

    def work() -> None:
        told.write_text(str(os.getpid()))

    apart.run(work)
    assert int(told.read_text()) != os.getpid()
    with pytest.raises(ChildProcessError):
        os.waitpid(int(told.read_text()), 0)


@pytest.mark.parametrize(
    ("work", "code", "said"),
    [(_refuse, 1, "Error: not like this\n"), (_fail, 1, "ValueError: something else\n")],
)
def test_its_failure_is_ours(
    work: Callable[[], None], code: int, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        apart.run(work)
    assert ended.value.code == code
    assert capfd.readouterr().err.endswith(said)


@pytest.mark.parametrize("number", apart.SIGNALS)
def test_who_ends_us_ends_it(number: signal.Signals) -> None:
    heard: list[int] = []
    before = signal.signal(number, lambda *_: heard.append(number))

    def work() -> None:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getppid(), number)
        time.sleep(60)

    try:
        with pytest.raises(SystemExit) as ended:
            apart.run(work)
    finally:
        signal.signal(number, before)
    assert ended.value.code == -number
    assert heard == [number], "we end as it did"
