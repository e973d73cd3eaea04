"""What the process that measures Python functions is told to do: one line on its standard input."""

from __future__ import annotations

import base64
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..golang import Benchmark

INTERRUPTED = 130  # the exit code after a Ctrl-C, as shells have it


@dataclass(frozen=True)
class Job:
    """A contender: a pickled function, a Go benchmark, or what a ready-made one is called.

    `values` are the function's arguments; `takes_n` says that it also takes `n`, the number of
    operations that it has to do.
    """

    name: str
    function: bytes | Benchmark | str
    values: Mapping[str, Any] = field(default_factory=dict)
    takes_n: bool = False


@dataclass(frozen=True)
class Order:
    """Measures these for about so many seconds.

    `parameter` is told with every sample. `as_main` says that a function is called as main of a
    program. `path` is where the functions' modules are looked for. `memory` asks for what each
    needs at most, too.
    """

    jobs: Sequence[Job]
    seconds: float
    parameter: Any
    as_main: bool
    path: Sequence[str]
    memory: bool = False

    def line(self) -> bytes:
        """The order as a line."""
        return base64.b64encode(pickle.dumps(self)) + b"\n"

    @staticmethod
    def read(line: bytes) -> Order:
        """The order of a line."""
        order = pickle.loads(base64.b64decode(line))
        assert isinstance(order, Order)
        return order
