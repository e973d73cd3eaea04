"""`%%go`: a cell that is a Go program."""

from __future__ import annotations

import sys
import time

from IPython.display import display as show_in_cell

from ..charts.show import picture
from ..trace.trace import Trace
from . import recording, toolchain
from .benching import Row
from .options import CellOptions, parse
from .quoting import Block, blocks
from .result import GoResult
from .running import NoGo, find
from .show import Live, bench_table, display, times_table, words
from .tracing import NO_TRACE, has_run

PATIENCE = 1.0  # seconds without a word about compiling
OFTEN = 0.2  # seconds between two pictures of a table that grows
COMPILING = "compiling ... {seconds} s"
FIRST = ". The first time Go compiles its own library too, which takes about 10 s"

_said: set[str] = set()  # what is said once in a kernel


class Stopped(KeyboardInterrupt):
    """The cell was interrupted; nothing of its program runs on."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def go(line: str, cell: str) -> None:
    """Runs the cell as a Go program, on the real Go.

    Statements alone are the body of main; `package main` and imports of the standard library may be
    missing. The program runs in the notebook's folder, has no standard input, and ends with the
    cell: by itself, when its time is up, or when the kernel is interrupted.

    Options:
      --timeout 10           seconds that the program may run
      --env GOMAXPROCS=1     an environment variable; may be given several times
      --times 20             runs it 20 times, and counts what it came to
      --trace                draws what happened as a timeline (for 2 s at most, or --timeout)
      --race                 Go's race detector watches it (needs a C compiler)
      --vet                  go vet looks at it first
      --bench                runs the functions BenchmarkName(b *testing.B), and for them
        --cpu 1,2              with 1 and with 2 processors
        --count 3              each three times
        --benchtime 100ms      each for so long
    """
    options = parse(line)
    begun = time.monotonic()
    compiling = _Compiling()
    try:
        _say_once(toolchain.old_on_path())
        try:
            find()
        except NoGo as missing:
            _show_recorded(cell, options, str(missing))
            return
        _run(cell, options, compiling)
    except KeyboardInterrupt:
        seconds = time.monotonic() - begun
        raise Stopped(f"stopped by the interrupt after {seconds:.1f} s") from None
    finally:
        compiling.over()


def _run(cell: str, options: CellOptions, compiling: _Compiling) -> None:
    if options.bench:
        rows: list[Row] = []
        live = Live()

        def on_line(row: Row) -> None:
            compiling.over()
            rows.append(row)
            live.show(bench_table(rows))

        result = recording.run_bench(cell, options, on_line=on_line, on_wait=compiling)
        live.last(bench_table(rows))
        _show_end(result, cell)
    elif options.times > 1:
        _run_times(cell, options, compiling)
    else:

        def on_text(text: str) -> None:
            compiling.over()
            _print(text)

        trace = None
        if options.trace:
            trace, result = recording.run_traced(cell, options, on_text=on_text, on_wait=compiling)
        else:
            result = recording.run_program(cell, options, on_text=on_text, on_wait=compiling)
        compiling.over()
        _end_line(result.output)
        _show_end(result, cell)
        if options.trace:
            _show_trace(trace, result)


def _run_times(cell: str, options: CellOptions, compiling: _Compiling) -> None:
    live = Live()
    shown = time.monotonic()

    def on_times(result: GoResult) -> None:
        nonlocal shown
        compiling.over()
        if time.monotonic() - shown > OFTEN:
            shown = time.monotonic()
            live.show(times_table(result, options.times))

    result = recording.run_program(cell, options, on_times=on_times, on_wait=compiling)
    if result.times:
        live.last(times_table(result, options.times))
    else:
        _show_end(result, cell)


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _end_line(output: str) -> None:
    """What is shown next begins on a line of its own."""
    if output and not output.endswith("\n"):
        _print("\n")


def _show_end(result: GoResult, cell: str) -> None:
    display(words(blocks(result, recording.numbered(cell))))


def _show_trace(trace: Trace | None, result: GoResult) -> None:
    if trace is not None:
        show_in_cell(picture(trace))
    elif has_run(result):
        display(words([Block(f"{NO_TRACE[0].upper()}{NO_TRACE[1:]}.")]))


def _say_once(sentence: str | None) -> None:
    if sentence and sentence not in _said:
        _said.add(sentence)
        display(words([Block(f"Note: {sentence}.")]))


def _show_recorded(cell: str, options: CellOptions, why: str) -> None:
    """Without Go: what the cell printed elsewhere."""
    found = recording.find(cell, options)
    if found is None:
        text = "The output of this cell isn't recorded, and it can't be run"
        display(words([Block(f"{text}: {why}.", strong=True)]))
        return
    result = found.result
    if result.output and not result.times:
        _print(result.output)
        _end_line(result.output)
    if result.times:
        display(times_table(result, options.times))
    else:
        display(bench_table(found.rows))
        _show_end(result, cell)
        if options.trace:
            _show_trace(found.trace, result)
    version = f" with {result.go}" if result.go else ""
    display(words([Block(f"Recorded{version}, because {why}.")]))


class _Compiling:
    """Says how long Go has been compiling, if that takes longer than a moment."""

    def __init__(self) -> None:
        self._live = Live()
        self._begun = time.monotonic()
        self._said = 0

    def __call__(self) -> None:
        seconds = int(time.monotonic() - self._begun)
        if seconds >= PATIENCE and seconds != self._said:
            self._said = seconds
            text = COMPILING.format(seconds=seconds) + FIRST
            self._live.show(words([Block(text)]))

    def over(self) -> None:
        """Takes the words away."""
        if self._said:
            self._said = 0
            self._live.clear()
