"""The processes in which notebooks are run, as many at once as there are processors."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

MOST_AT_ONCE = 8  # each has a kernel beside it


def workers(tasks: int, log: Path | str) -> ProcessPoolExecutor:
    """A pool for so many tasks; what its processes and their kernels print goes to the log."""
    number = max(1, min(tasks, os.cpu_count() or 1, MOST_AT_ONCE))
    context = get_context("spawn")  # a fork would take locks and sockets along
    return ProcessPoolExecutor(number, context, initializer=_begin, initargs=(log,))


def _begin(log: Path | str) -> None:
    """In each process: a Ctrl-C is for the one that waits, which lets the others come to an end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with open(log, "a", encoding="utf-8") as file:
        for descriptor in (1, 2):
            os.dup2(file.fileno(), descriptor)
