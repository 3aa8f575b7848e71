"""Work done in a fork of this process, which takes along what memory it needed."""

import contextlib
import os
import signal
import sys
from collections.abc import Callable

import click

SIGNALS = (signal.SIGTERM, signal.SIGINT)


def run(work: Callable[[], None]) -> None:
    """Run `work` apart and wait for it; signals to end are its. Where it fails, or is ended by
    one, this process ends as it did. Call it before there are threads."""
    # Until it is known whom to tell, a signal waits.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    pid = os.fork()
    if pid == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        _end_after(work)
    before = {each: signal.signal(each, lambda number, _: _tell(pid, number)) for each in SIGNALS}
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    _, status = os.waitpid(pid, 0)
    for number, handler in before.items():
        signal.signal(number, handler)
    if os.WIFSIGNALED(status):
        os.kill(os.getpid(), os.WTERMSIG(status))
    if status:
        sys.exit(os.waitstatus_to_exitcode(status))


def _tell(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _end_after(work: Callable[[], None]) -> None:
    code = 1
    try:
        work()
        code = 0
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except KeyboardInterrupt:
        click.echo("Aborted!", err=True)
    except Exception:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # what is to be done at the end belongs to the process that forked
