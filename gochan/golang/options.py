"""What stands behind `%%go`."""

from __future__ import annotations

import difflib
import shlex
from dataclasses import dataclass, field
from typing import Any

from .result import BadInput

FLAGS = ("race", "vet", "bench", "trace")
WITH_VALUE = ("timeout", "times", "env", "cpu", "count", "benchtime")
OF_BENCH = ("cpu", "count", "benchtime")
OF_PROGRAMS = ("times", "vet", "trace")
NOT_TRACED = ("race", "vet", "times")


@dataclass(frozen=True)
class CellOptions:
    """The options of a cell; None where none was given. `names` are those that were."""

    race: bool = False
    vet: bool = False
    bench: bool = False
    trace: bool = False
    timeout: float | None = None
    times: int = 1
    env: dict[str, str] = field(default_factory=dict)
    cpu: tuple[int, ...] | None = None
    count: int = 1
    benchtime: str | None = None
    names: frozenset[str] = frozenset()

    def text(self) -> str:
        """The same for options that mean the same."""
        words = [f"--{name}" for name in FLAGS if name in self.names]
        given = [name for name in WITH_VALUE if name in self.names]
        words += [f"--{name} {self._value(name)}" for name in given]
        return " ".join(words)

    def _value(self, name: str) -> str:
        if name == "env":
            return ",".join(f"{key}={value}" for key, value in sorted(self.env.items()))
        if name == "cpu":
            return ",".join(map(str, self.cpu or ()))
        value = getattr(self, name)
        return f"{value:g}" if isinstance(value, float) else str(value)


def parse(line: str) -> CellOptions:
    """The options in the line of the magic.

    Raises BadInput, with a sentence about the option that can't be meant.
    """
    try:
        words = shlex.split(line)
    except ValueError:
        raise BadInput(f"a quotation mark is missing in {line.strip()}") from None
    given: dict[str, Any] = {}
    while words:
        name, equals, value = words.pop(0).partition("=")
        name = _known(name)
        if name in FLAGS:
            if equals:
                raise BadInput(f"--{name} takes no value")
            given[name] = True
            continue
        if not equals:
            value = words.pop(0) if words else ""
        if not value or value.startswith("--"):
            raise BadInput(f"--{name} needs a value, such as {EXAMPLES[name]}")
        given[name] = _value(name, value, given)
    options = CellOptions(**given, names=frozenset(given))
    _check_together(options)
    return options


EXAMPLES = {
    "timeout": "--timeout 10",
    "times": "--times 20",
    "env": "--env GOMAXPROCS=1",
    "cpu": "--cpu 1,2",
    "count": "--count 3",
    "benchtime": "--benchtime 100ms",
}


def _known(word: str) -> str:
    name = word.removeprefix("--")
    if word.startswith("--") and name in (*FLAGS, *WITH_VALUE):
        return name
    near = difflib.get_close_matches(name.lstrip("-"), (*FLAGS, *WITH_VALUE), 1)
    hint = f" (--{near[0]}?)" if near else ""
    there_are = " ".join(f"--{one}" for one in (*FLAGS, *WITH_VALUE))
    raise BadInput(f"%%go has no option {word}{hint}; there are {there_are}")


def _value(name: str, value: str, given: dict[str, Any]) -> object:
    if name == "timeout":
        return _float(name, value)
    if name in ("times", "count"):
        return _number(name, value)
    if name == "cpu":
        return tuple(_number(name, one) for one in value.split(","))
    if name == "benchtime":
        return value
    key, equals, text = value.partition("=")
    if not (key and equals):
        raise BadInput(f"--env is given as NAME=VALUE, such as {EXAMPLES[name]}, not as {value}")
    return {**given.get(name, {}), key: text}


def _float(name: str, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise BadInput(f"--{name} is a number of seconds, not {value}") from None


def _number(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise BadInput(f"--{name} is written as in {EXAMPLES[name]}, not with {value}")
    return int(value)


def _check_together(options: CellOptions) -> None:
    also = [name for name in NOT_TRACED if options.trace and name in options.names]
    if also:
        raise BadInput(f"--trace draws one plain run: leave out --{also[0]}")
    wrong = [name for name in (OF_PROGRAMS if options.bench else OF_BENCH) if name in options.names]
    if wrong and options.bench:
        raise BadInput(f"--{wrong[0]} is for programs, and --bench runs benchmarks")
    if wrong:
        instead = "; for a program: --env GOMAXPROCS=1" if wrong[0] == "cpu" else ""
        raise BadInput(f"--{wrong[0]} is for benchmarks, together with --bench{instead}")
