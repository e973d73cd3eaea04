"""The real Go: `%%go` cells, and `run`, `bench` and `trace` beneath them.

`%load_ext gochan.golang` gives a notebook the cells; in Python,
`golang.run('fmt.Println("hello")').output` is what such a cell prints.
"""

from .benching import BenchmarkFailed, bench
from .benchmark import Benchmark, benchmarks
from .magic import load_ipython_extension
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
