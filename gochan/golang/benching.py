"""`bench`: the benchmarks in a cell, measured by Go; every figure is told when it is there.

Source: `go help testflag`, and the form of the lines (https://go.dev/design/14313-benchmark-format).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from . import crash
from .building import Build
from .child import keep
from .limits import Limits
from .result import BadInput, GoResult, Report
from .running import FILE_SIZE, MEMORY, check_env, check_flag, check_number, check_seconds, find
from .source import Cell, read

TIMEOUT = 120.0  # seconds
MOST_CPUS = 1_024
_ROW = re.compile(r"^(?P<name>Benchmark\S*)\s+(?P<runs>\d+)\s+(?P<figures>[\d.e+-]+ .*)$")
_BENCHTIME = re.compile(r"[1-9]\d*x|(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+")
_NAMES = {"ns/op": "ns_per_op", "B/op": "bytes_per_op", "allocs/op": "allocs_per_op"}
NONE = "--bench needs a benchmark in the cell: func BenchmarkName(b *testing.B)"

Row = dict[str, Any]


class BenchmarkFailed(RuntimeError):
    """Benchmarks that don't compile or don't run to their end; `result` tells how they ended."""

    def __init__(self, result: GoResult) -> None:
        super().__init__(result.message)
        self.result = result

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def bench(
    source: str,
    *,
    cpu: Sequence[int] | None = None,
    count: int = 1,
    benchtime: str | None = None,
    race: bool = False,
    env: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
    on_line: Callable[[Row], None] | None = None,
    on_wait: Callable[[], None] | None = None,
) -> list[Row]:
    """Runs the benchmarks of a Go program, those functions `BenchmarkName(b *testing.B)`.

    A row holds "name" (without `Benchmark`), "cpu" (GOMAXPROCS), "runs", "ns_per_op",
    "bytes_per_op", "allocs_per_op", and other figures that the benchmark reports, by their unit.

    Parameters
    ----------
    source
        The program; package clause and imports may be missing.
    cpu
        Numbers of processors to measure with; None: as many as there are.
    count
        How often each is measured.
    benchtime
        How long each is run, such as "100ms", or how often, such as "1000x"; None: one second.
    race, env
        As for `run`.
    timeout
        Wall seconds for all of them.
    on_line
        Gets each row as soon as it is measured.
    on_wait
        Called now and then while Go compiles.

    Raises BenchmarkFailed, NoGo if there is no Go, TypeError and BadInput (a ValueError) for what
    can't be a program or an option, and KeyboardInterrupt when interrupted.
    """
    flags = _flags(cpu, count, benchtime)
    check_flag("race", race)
    check_env(env)
    check_seconds("timeout", timeout)
    cell = read(source)
    if not _has_benchmarks(cell):
        raise BadInput(NONE)
    built = Build(find(), cell, race, benchmarks=True, on_wait=on_wait).run()
    if built.failed is not None:
        raise BenchmarkFailed(replace(built.failed, notes=built.notes))
    rows = _Rows(tuple(cpu or ()) or (_processors(env),), on_line)
    ended = keep(
        [str(built.path), "-test.run=^$", "-test.bench=.", "-test.benchmem", *flags],
        Limits(timeout, MEMORY, FILE_SIZE, dump=True, reserves=race),
        environment={**os.environ, "GOMEMLIMIT": str(int(MEMORY * 0.9)), **(env or {})},
        on_text=rows.add,
    )
    if ended.why != "exit" or ended.code != 0:
        raise BenchmarkFailed(_failure(ended.why, timeout, rows.others))
    return rows.rows


def _flags(cpu: Sequence[int] | None, count: int, benchtime: str | None) -> list[str]:
    check_number("count", count, 1, 1_000)
    flags = [f"-test.count={count}"]
    if cpu is not None:
        if isinstance(cpu, (str, int)) or not cpu:
            raise TypeError(f"cpu is a list of numbers of processors, such as [1, 2], not {cpu!r}")
        for number in cpu:
            check_number("cpu", number, 1, MOST_CPUS)
        flags.append(f"-test.cpu={','.join(map(str, cpu))}")
    if benchtime is not None:
        if not (isinstance(benchtime, str) and _BENCHTIME.fullmatch(benchtime)):
            raise BadInput(f"benchtime is such as 100ms or 1000x, not {benchtime}")
        flags.append(f"-test.benchtime={benchtime}")
    return flags


def _has_benchmarks(cell: Cell) -> bool:
    return any(
        item.texts[0] == "func" and item.texts[1].startswith("Benchmark") for item in cell.items
    )


def _processors(env: Mapping[str, str] | None) -> int:
    text = {**os.environ, **(env or {})}.get("GOMAXPROCS", "")
    return int(text) if text.isdigit() and int(text) else os.cpu_count() or 1


class _Rows:
    """Takes what the benchmarks print, and finds the rows in it."""

    def __init__(self, cpus: tuple[int, ...], on_line: Callable[[Row], None] | None) -> None:
        self._cpus = cpus
        self._on_line = on_line
        self._rest = ""
        self.rows: list[Row] = []
        self.others = ""

    def add(self, text: str) -> None:
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            row = self._row(line)
            if row is None:
                self.others = (self.others + line + "\n")[-100_000:]
                continue
            self.rows.append(row)
            if self._on_line is not None:
                self._on_line(row)

    def _row(self, line: str) -> Row | None:
        found = _ROW.match(line)
        if found is None:
            return None
        name, cpu = self._name(found["name"])
        row: Row = {"name": name, "cpu": cpu, "runs": int(found["runs"])}
        words = found["figures"].split()
        for figure, unit in zip(words[::2], words[1::2], strict=False):
            row[_NAMES.get(unit, unit)] = float(figure)
        return row

    def _name(self, text: str) -> tuple[str, int]:
        """Go writes the number of processors behind the name, unless it is 1."""
        found = re.fullmatch(r"Benchmark(.*)-(\d+)", text)
        if found and int(found[2]) in self._cpus and int(found[2]) != 1:
            return found[1], int(found[2])
        return text.removeprefix("Benchmark"), 1


def _failure(why: str, timeout: float, printed: str) -> GoResult:
    found = crash.find(printed)
    report = found.report if found else Report("", text=printed.strip())
    if why == "timeout":
        message = f"stopped after {timeout:g} s, when the time of the benchmarks was up"
        return GoResult("timeout", message=message, report=report)
    if why == "memory":
        return GoResult("memory", message="stopped: it had too much memory", report=report)
    if found:
        return GoResult(found.kind, message=found.report.message, report=report)
    return GoResult("exit", printed, message="a benchmark failed", report=report)
