"""How much memory a call needs at most.

It is measured once, in a process that does nothing else: one that has measured before takes what it
has freed again, and would not seem to grow.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from functools import partial
from typing import NoReturn

from ..bench.stopwatch import Stopwatch
from ..program import run
from . import lifeline
from .order import Job, Order


def weight(job: Job, order: Order) -> float | None:
    """The bytes by which a process grows, at most, while it calls a job's function once.

    None if the system doesn't tell, and for what is no Python function, or does not end well; the
    time that it takes is measured, too, and says why.
    """
    if not isinstance(job.function, bytes) or job.takes_n:
        return None
    with subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(replace(order, jobs=[job]).line())
        child.stdin.flush()  # the pipe stays open: its end would end the child
        told = child.stdout.read()
    return float(told) if told.strip() else None


def main() -> NoReturn:
    """In the child: its order comes on standard input, the bytes go out; doesn't return."""
    parent = os.getppid()
    answer = os.dup(1)
    os.dup2(2, 1)  # what the function prints is no answer
    given = sys.stdin.buffer.readline()
    lifeline.tie(sys.stdin.buffer, parent)
    order = Order.read(given)
    sys.path[:] = order.path
    (job,) = order.jobs
    assert isinstance(job.function, bytes)
    call = partial(pickle.loads(job.function), **job.values)
    run(_nothing)  # what the first run of all needs is not the function's
    watch = Stopwatch()
    run(call) if order.as_main else call()
    grown = watch.stop().get("bytes", 0)
    if grown > 0:
        os.write(answer, str(grown).encode())
    os._exit(0)


def _nothing() -> None:
    pass


if __name__ == "__main__":
    main()
