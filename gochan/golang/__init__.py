"""The real Go: `%%go` cells, and `run`, `bench` and `trace` beneath them.

`%load_ext gochan.golang` gives a notebook the cells; in Python,
`golang.run('fmt.Println("hello")').output` is what such a cell prints.
"""

from typing import Any

from .benching import BenchmarkFailed, bench
from .benchmark import Benchmark, benchmarks
from .result import BadInput, GoResult, Place, Report, Stack, Times
from .running import NoGo, run
from .tracing import TraceFailed, trace

__all__ = [
    "BadInput",
    "Benchmark",
    "BenchmarkFailed",
    "GoResult",
    "NoGo",
    "Place",
    "Report",
    "Stack",
    "Times",
    "TraceFailed",
    "bench",
    "benchmarks",
    "load_ipython_extension",
    "run",
    "trace",
]


def load_ipython_extension(shell: Any) -> None:
    """Gives an IPython shell the cell magic `%%go`; more than once does no harm."""
    from .magic import go  # noqa: PLC0415 - matplotlib takes a while to load, for those who measure

    shell.register_magic_function(go, "cell", "go")
