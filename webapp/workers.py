"""Several processes at one piece of work: one that dies is replaced, and all are ended together."""

import contextlib
import logging
import os
import random
import signal
import time
from collections.abc import Callable

YOUNG_SECONDS = 5.0  # whoever dies younger than this is replaced a little later
PAUSE_SECONDS = 1.0
SIGNALS = (signal.SIGTERM, signal.SIGINT)
LOG = logging.getLogger("setlog.server")


class Workers:
    """Forks of this process. `work` gets a file that ends when this process does."""

    def __init__(self, work: Callable[[int], None], amount: int) -> None:
        self.work, self.amount = work, amount
        self.began: dict[int, float] = {}  # by process id, on the monotonic clock
        self.is_ending = False
        self.alive, self.kept_open = os.pipe()

    def run(self) -> int:
        """Keep them at work until SIGTERM or SIGINT; 0 when they have ended by themselves."""
        for number in SIGNALS:
            signal.signal(number, self._end)
        while not self.is_ending:
            while len(self.began) < self.amount and not self.is_ending:
                self._start()
            self._collect()
        worst = 0
        while self.began:
            worst = max(worst, self._collect())
        return worst

    def _start(self) -> None:
        # Until it is written down, a signal would not be passed on to it.
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        pid = os.fork()
        if pid == 0:
            self._become_one()
        self.began[pid] = time.monotonic()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)

    def _become_one(self) -> None:
        code = 1
        try:
            os.close(self.kept_open)
            random.seed()
            for number in SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
            self.work(self.alive)
            code = 0
        except Exception:
            LOG.exception("a worker has failed")
        finally:
            os._exit(code)  # what is to be done at the end belongs to the process that forked

    def _collect(self) -> int:
        """Wait until one has ended; its exit code."""
        pid, status = os.waitpid(-1, 0)
        began = self.began.pop(pid, None)
        code = os.waitstatus_to_exitcode(status)
        if began is not None and not self.is_ending:
            LOG.error("worker %s ended with %s and is replaced", pid, code)
            if time.monotonic() - began < YOUNG_SECONDS:
                time.sleep(PAUSE_SECONDS)
        return 0 if code == -signal.SIGTERM else abs(code)

    def _end(self, *_: object) -> None:
        self.is_ending = True
        for pid in self.began:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
