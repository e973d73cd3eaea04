"""A Go benchmark as plain data: what `widgets.Live` measures beside Python functions.

A parameter is a variable at the top level of the source, on a line of its own, such as
`var goroutines = 8`. Whoever measures may give it another value; Go need not compile anew for that.
"""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .benching import MOST_CPUS
from .lexer import Item
from .result import BadInput
from .running import check_number
from .source import Cell, read

READY = Path(__file__).parent / "benchmarks"
PREFIX = "Benchmark"
PARAMETER = "gochanParameter"  # a function of `measurer.py`
NONE = f"there is no benchmark in the source: func {PREFIX}Name(b *testing.B)"
CPU = "cpu"  # the parameter that every benchmark takes: its GOMAXPROCS


@dataclass(frozen=True)
class Benchmark:
    """The function `BenchmarkNAME(b *testing.B)` of a Go program.

    Parameters
    ----------
    source
        The program, or the name of a ready one: "counters", "crowd", "handover", "maps",
        "routes", "rwmutex", "spawn". Package clause and imports may be missing. Afterwards it is
        the program's text.
    name
        The benchmark, without `Benchmark`.
    cpu
        How many processors it has (GOMAXPROCS); None: as many as there are, or what the parameter
        `cpu` says.

    Raises TypeError and BadInput (a ValueError) for what can't be a program or one of its
    benchmarks.
    """

    source: str
    name: str
    cpu: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", _text(self.source))
        if self.cpu is not None:
            check_number(CPU, self.cpu, 1, MOST_CPUS)
        if not isinstance(self.name, str):
            raise TypeError(f"a benchmark's name is a str, not {self.name!r}")
        names = names_of(self._cell)
        if self.name not in names:
            raise BadInput(
                f"there is no func {PREFIX}{self.name} in the source; there are {', '.join(names)}"
            )

    @property
    def parameters(self) -> dict[str, Any]:
        """The variables that may be given another value, and their own; None for a computed one."""
        found = {name: _value(item) for name, item in _variables(self._cell).items()}
        return found if self.cpu is not None else {**found, CPU: None}

    def check(self, values: Mapping[str, Any]) -> None:
        """Raises TypeError or BadInput for values of parameters that can't reach Go."""
        if CPU in values:
            check_number(CPU, values[CPU], 1, MOST_CPUS)
        as_variables(values)

    def constant(self, name: str) -> bool:
        """Whether the source has a constant of this name, which can't be given another value."""
        return any(item.texts[:2] == ["const", name] for item in self._cell.items)

    @cached_property
    def _cell(self) -> Cell:
        return read(self.source)


def benchmarks(
    source: str, *, cpu: Sequence[int] | None = None, prefix: str = "Go "
) -> dict[str, Benchmark]:
    """All benchmarks of a Go program, by name: contenders for `widgets.Live`.

    Parameters
    ----------
    source
        The program, or the name of a ready one: "counters", "crowd", "handover", "maps",
        "routes", "rwmutex", "spawn".
    cpu
        Numbers of processors: each benchmark is there once for each, and, as Go writes it, the
        number stands behind its name, as in `Mutex-2`.
    prefix
        What stands before the name.

    Raises TypeError and BadInput (a ValueError) for what can't be a program.
    """
    text = _text(source)
    names = names_of(read(text))
    if cpu is None:
        return {f"{prefix}{name}": Benchmark(text, name) for name in names}
    if isinstance(cpu, (str, int)) or not cpu:
        raise TypeError(f"cpu is a list of numbers of processors, such as [1, 2], not {cpu!r}")
    return {f"{prefix}{name}-{one}": Benchmark(text, name, one) for name in names for one in cpu}


def names_of(cell: Cell) -> list[str]:
    """The names of the benchmarks. Raises BadInput if there are none, or a func TestMain."""
    names = [
        item.texts[1].removeprefix(PREFIX)
        for item in cell.items
        if item.texts[0] == "func" and item.texts[1].startswith(PREFIX)
    ]
    if not names:
        raise BadInput(NONE)
    if cell.declares("TestMain"):
        raise BadInput("the source has a func TestMain, but that is where the measuring begins")
    return names


def with_parameters(source: str, names: Sequence[str]) -> str:
    """The source with variables that can be given a value before anything depends on them.

    Every line keeps its number, and every word of the source its column.
    """
    cell = read(source)
    variables = _variables(cell)
    for name in sorted(names, key=lambda name: variables[name].start, reverse=True):
        item = variables[name]
        equals = item.texts.index("=")
        first, last = item.tokens[equals + 1], item.tokens[-1]
        kind = source[item.tokens[2].start : item.tokens[equals].start].strip()
        call = f'{PARAMETER}{f"[{kind}]" if kind else ""}("{name}", {cell.position(first.start)}'
        after = f"){cell.position(last.end)}"
        source = (
            source[: first.start]
            + call
            + source[first.start : last.end]
            + after
            + source[last.end :]
        )
    return source


def as_variables(values: Mapping[str, Any]) -> dict[str, str]:
    """The environment variables that carry the values to Go.

    Raises TypeError for what is no number, bool or text.
    """
    for name, value in values.items():
        if not isinstance(value, (bool, int, float, str)):
            raise TypeError(f"{name} reaches Go as a number, a bool or a text, not as {value!r}")
    return {
        f"{PARAMETER}_{name}": str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in values.items()
    }


def _text(source: object) -> str:
    if not (isinstance(source, str) and re.fullmatch(r"\w+", source.strip())):
        return read(source).text
    path = READY / f"{source.strip()}.go"
    if not path.exists():
        ready = ", ".join(sorted(one.stem for one in READY.glob("*.go")))
        raise BadInput(f"there is no ready Go program {source.strip()!r}; there are {ready}")
    return path.read_text(encoding="utf-8")


def _variables(cell: Cell) -> dict[str, Item]:
    """The lines `var name = value` and `var name type = value` at the top level."""
    return {
        item.texts[1]: item
        for item in cell.items
        if item.texts[0] == "var" and "=" in item.texts[2:-1] and "," not in item.texts[:3]
    }


def _value(item: Item) -> Any:
    """What Go's literal is in Python, None for what is none."""
    text = " ".join(item.texts[item.texts.index("=") + 1 :])
    if text in ("true", "false"):
        return text == "true"
    with contextlib.suppress(ValueError, SyntaxError):
        return ast.literal_eval(text)
    return None
