"""The child that measures: its order comes on standard input, samples go out.

Python functions run here; Go benchmarks in a Go process, which this one asks, and which ends with
it.

Nothing that a contender prints gets among the samples: they leave by a copy of standard output,
which is standard error for everybody else. Standard input is empty for a contender.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import BinaryIO, NoReturn

from ..bench.contender import Measure
from ..bench.contenders import BY_KEY
from ..bench.work import BATCH
from ..bench.work import BY_KEY as WORKS
from ..errors import ProgramError, text_of
from ..golang import Benchmark, BenchmarkFailed, NoGo
from ..golang.measurer import sentence
from ..runtime.source import line_of, raised_at
from . import lifeline, rounds
from .go_programs import GoPrograms
from .lines import Absent, Begins, Failed, Line, Sample, Weighs, written
from .order import INTERRUPTED, Job, Order
from .rounds import NotHere
from .weight import weight

FAILED = 1  # an exit code


def main() -> NoReturn:
    """Measures what the order says; doesn't return."""
    parent = os.getppid()
    stdin, stdout = _own_pipes()
    given = stdin.readline()
    if not given.endswith(b"\n"):
        os._exit(FAILED)  # the parent is gone
    lifeline.tie(stdin, parent)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    order = Order.read(given)

    def tell(line: Line) -> None:
        stdout.write(written(line).encode() + b"\n")

    try:
        code = _measured(order, tell)
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.stderr.flush()
    os._exit(code)  # no contender's thread or exit handler keeps it


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, which are nobody else's."""
    stdin = os.fdopen(os.dup(0), "rb")
    stdout = os.fdopen(os.dup(1), "wb", buffering=0)  # a sample is told at once
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return stdin, stdout


def _measured(order: Order, tell: Callable[[Line], None]) -> int:
    """The exit code."""
    sys.path[:] = order.path
    now = ""
    go_programs = GoPrograms(tell)
    try:
        contenders: list[rounds.Contender] = []
        jobs: list[Job] = []
        for job in order.jobs:
            now = job.name
            tell(Begins(now))
            try:
                contender = _contender(job, order, go_programs)
                rounds.warm_up(contender)
            except (NoGo, NotHere) as why:
                tell(Absent(now, str(why)))
                continue
            contenders.append(contender)
            jobs.append(job)
        for number, contender in enumerate(rounds.turns(contenders, order.seconds), 1):
            now = contender.name
            tell(Sample(now, rounds.sample(contender), order.parameter))
            if order.memory and number == len(contenders):  # the first picture need not wait for it
                for job in jobs:
                    now = job.name
                    _weigh(job, order, go_programs, tell)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - a contender may raise anything, SystemExit too
        tell(_failed(now, error))
        return FAILED
    return 0


def _contender(job: Job, order: Order, go_programs: GoPrograms) -> rounds.Contender:
    if isinstance(job.function, str):
        return _ready_made(job.name, job.function)
    if isinstance(job.function, Benchmark):
        measure = go_programs.measure(job.name, job.function, job.values)
        return rounds.Contender(job.name, measure)
    function = pickle.loads(job.function)
    how = rounds.operations if job.takes_n else rounds.calls
    return rounds.Contender(job.name, how(function, job.values, order.as_main))


def _weigh(job: Job, order: Order, go_programs: GoPrograms, tell: Callable[[Line], None]) -> None:
    """Tells what a contender needs at most, if that can be told."""
    tell(Begins(job.name))  # it may take as long again: nobody shall think that it hangs
    if isinstance(job.function, Benchmark):
        size = go_programs.bytes(job.function, job.values)
    else:
        size = weight(job, order)
    if size is not None:
        tell(Weighs(job.name, size))


def _ready_made(name: str, called: str) -> rounds.Contender:
    """Of gochan.bench; those of a fixed size are a program, the others so many operations."""
    contender, _, work = called.partition(".")
    measure = BY_KEY[contender].works()[work]
    size = WORKS[work].size

    def program(times: int) -> float:
        return sum(_seconds(measure, size or 1) for _ in range(times))

    if size is not None:
        return rounds.Contender(name, program)
    return rounds.Contender(name, lambda count: _seconds(measure, count), BATCH, BATCH)


def _seconds(measure: Measure, size: int) -> float:
    took = measure(size)
    assert isinstance(took, float)  # only works that have several figures return them by name
    return took


def _failed(contender: str, error: BaseException) -> Failed:
    """What a contender raised, in a sentence, and where."""
    if isinstance(error, BenchmarkFailed):
        return Failed(contender, sentence(error.result))
    why = text_of(error).split("\n", 1)[0]
    if not isinstance(error, ProgramError):
        kind = type(error).__name__
        why = f"{kind}: {why}" if why else kind
    at = raised_at(error.__traceback__)
    if at is None:
        return Failed(contender, why)
    code, instruction = at
    return Failed(contender, why, code.co_filename, line_of(code, instruction))


if __name__ == "__main__":
    main()
