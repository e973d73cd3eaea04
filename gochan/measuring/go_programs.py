"""In the child: Go benchmarks take their turns among the Python functions.

A Go program is compiled when its first benchmark's turn comes, and one process of it measures all
of its benchmarks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from ..golang import Benchmark
from ..golang.benchmark import CPU
from ..golang.measurer import Measurer
from .lines import Begins, Line
from .rounds import Measure


class GoPrograms:
    """The Go processes of a measurement; they end with this process.

    Parameters
    ----------
    tell
        Gets a line now and then while Go compiles.
    """

    def __init__(self, tell: Callable[[Line], None]) -> None:
        self._tell = tell
        self._started: dict[tuple[str, str], Measurer] = {}

    def measure(self, name: str, benchmark: Benchmark, values: Mapping[str, Any]) -> Measure:
        """The function that measures a benchmark, for the contender of this name.

        Raises NoGo if there is no Go, BenchmarkFailed if the program doesn't compile.
        """
        cpu = values.get(CPU, benchmark.cpu)
        own = _own(values)
        key = _key(benchmark, own)
        if key not in self._started:
            begun = time.monotonic()

            def compiling() -> None:
                seconds = time.monotonic() - begun
                self._tell(Begins(name, f"Go compiles it ... {seconds:.0f} s"))

            self._started[key] = Measurer(benchmark, own, compiling)
        measurer = self._started[key]
        return lambda times: measurer.seconds(benchmark.name, times, cpu)

    def bytes(self, benchmark: Benchmark, values: Mapping[str, Any]) -> float | None:
        """What a measured benchmark reported as "bytes", at most; None if it didn't."""
        return self._started[_key(benchmark, _own(values))].bytes.get(benchmark.name)


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != CPU}


def _key(benchmark: Benchmark, own: Mapping[str, Any]) -> tuple[str, str]:
    return benchmark.source, repr(sorted(own.items()))
