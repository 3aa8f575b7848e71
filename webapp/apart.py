"""Work done in a fork of this process, which takes along what memory it needed."""

import os
import signal
import sys
from collections.abc import Callable

import click

SIGNALS = (signal.SIGTERM, signal.SIGINT)
WATCHED = (*SIGNALS, signal.SIGCHLD)


def run(work: Callable[[], None]) -> None:
    """Run `work` apart and wait for it; signals to end are told to it. Where it fails, or one of
    us is ended, this process ends as it did. Call it before there are threads."""
    # Taken one by one, so that none comes between two steps; one that nobody handles is dropped.
    before = signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGCHLD, before)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
        _end_after(work)
    status, heard = _watched(pid)
    signal.signal(signal.SIGCHLD, before)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
    if heard:
        os.kill(os.getpid(), heard)
    if status:
        sys.exit(os.waitstatus_to_exitcode(status))


def _watched(pid: int) -> tuple[int, int]:
    """The status it ends with, and the signal that ended it or was to end us (0 for none)."""
    heard = 0
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return status, heard or (os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0)
        number = signal.sigwait(WATCHED)
        if number != signal.SIGCHLD:
            heard = number
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
