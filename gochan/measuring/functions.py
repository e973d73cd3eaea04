"""The source of samples for functions: a notebook's own, those of `gochan.bench`, and Go's."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import gochan

from ..bench.contenders import BY_KEY, GO
from ..bench.work import BY_KEY as WORKS
from ..bench.work import TABLE
from ..golang import Benchmark
from .order import Job, Order
from .sending import packed
from .source import Command

N = "n"  # the parameter that gets the number of operations
ROOT = str(Path(gochan.__file__).parent.parent)

Given = Callable[..., Any] | Benchmark | str


class Functions:
    """Contenders that are Python functions, Go benchmarks, or names such as `"gochan.unbuffered"`.

    Each gets those of the parameters that it takes. One that also takes `n` does so many
    operations, and a sample is the time of one of them; else it is the time of a call. A Go
    benchmark takes those that are variables of its program, and `cpu`, its GOMAXPROCS.

    Parameters
    ----------
    given
        The contenders by name; or several functions or names, that are called what they are called.
    as_main
        Whether a function is run as main of a program, as `run` does it.
    memory
        Whether the memory that a call needs at most is measured too, once, in a process of its own.

    Raises TypeError for what is no function, ValueError for no contender and for unknown names.
    """

    def __init__(self, given: Any, as_main: bool = True, memory: bool = False) -> None:
        self._given = _by_name(given)
        self._as_main = as_main
        self._memory = memory
        for name, one in self._given.items():
            _check(name, one)

    @property
    def contenders(self) -> list[str]:
        """Their names."""
        return list(self._given)

    @property
    def what(self) -> str:
        """Whether a sample is the time of a call or of an operation."""
        per_operation = [self._is_per_operation(one) for one in self._given.values()]
        if all(per_operation):
            return "time per operation"
        return "time per operation or call" if any(per_operation) else "time per call"

    def check(self, parameters: Mapping[str, Any]) -> None:
        """Raises TypeError unless each is taken by a contender, and none is missing."""
        taken: set[str] = set()
        for name, one in self._given.items():
            if isinstance(one, Benchmark):
                taken.update(one.parameters)
                _check_constants(name, one, parameters)
            if isinstance(one, (str, Benchmark)):
                continue
            arguments = dict.fromkeys(_taken(one, parameters))
            taken.update(arguments)
            if N in inspect.signature(one).parameters:
                arguments.setdefault(N, None)
            try:
                inspect.signature(one).bind(**arguments)
            except TypeError as error:
                raise TypeError(f"{name} can't be called with these parameters: {error}") from None
        unknown = [name for name in parameters if name not in taken]
        if unknown:
            raise TypeError(f"no contender takes a parameter {unknown[0]!r}")

    def default(self, parameter: str) -> Any:
        """The first default that a contender has for it."""
        for one in self._given.values():
            if isinstance(one, Benchmark) and one.parameters.get(parameter) is not None:
                return one.parameters[parameter]
            if isinstance(one, (str, Benchmark)):
                continue
            if parameter in inspect.signature(one).parameters:
                default = inspect.signature(one).parameters[parameter].default
                if default is not inspect.Parameter.empty:
                    return default
        return inspect.Parameter.empty

    def command(self, values: Mapping[str, Any], seconds: float) -> Command:
        """Python, with these functions as they are now."""
        jobs = [self._job(name, one, values) for name, one in self._given.items()]
        parameter = _parameter(values)
        order = Order(jobs, seconds, parameter, self._as_main, list(sys.path), self._memory)
        path = os.pathsep.join([ROOT, *filter(None, [os.environ.get("PYTHONPATH")])])
        environment = {**os.environ, "PYTHONPATH": path}
        return Command([sys.executable, "-m", "gochan.measuring"], order.line(), environment)

    def _job(self, name: str, one: Given, values: Mapping[str, Any]) -> Job:
        if isinstance(one, str):
            return Job(name, one)
        if isinstance(one, Benchmark):
            own = {key: values[key] for key in one.parameters if key in values}
            one.check(own)
            return Job(name, one, own)
        own = {key: values[key] for key in _taken(one, values)}
        takes_n = N not in values and N in inspect.signature(one).parameters
        return Job(name, packed(name, one), own, takes_n)

    def _is_per_operation(self, one: Given) -> bool:
        if isinstance(one, str):
            return WORKS[one.partition(".")[2]].size is None
        if isinstance(one, Benchmark):
            return True
        return N in inspect.signature(one).parameters


def _by_name(given: Any) -> dict[str, Given]:
    if isinstance(given, Mapping):
        named = dict(given)
    else:
        several = [given] if callable(given) or isinstance(given, (str, Benchmark)) else given
        try:
            named = {_name(one): one for one in several}
        except TypeError:
            raise TypeError(f"contenders are functions by name, not {given!r}") from None
    if not named:
        raise ValueError("there is no contender to measure")
    return named


def _name(one: Any) -> str:
    if isinstance(one, Benchmark):
        return f"Go {one.name}"
    return one if isinstance(one, str) else getattr(one, "__name__", repr(one))


def _check(name: Any, one: Any) -> None:
    if not isinstance(name, str) or not name.strip():
        raise TypeError(f"a contender's name is a text, not {name!r}")
    if isinstance(one, str):
        _check_ready_made(one)
    elif isinstance(one, Benchmark):
        return
    elif not callable(one):
        raise TypeError(f"contender {name!r} is a function or the name of a ready one, not {one!r}")
    elif inspect.iscoroutinefunction(one):
        raise TypeError(f"contender {name!r} is an async function: it would only be created")


def _check_constants(name: str, one: Benchmark, parameters: Mapping[str, Any]) -> None:
    """Raises TypeError for a parameter that is a constant in Go."""
    for parameter in parameters:
        if one.constant(parameter):
            raise TypeError(
                f"{parameter} is a const in the Go source of {name!r}, and that keeps its value: "
                f"write var {parameter} = ..."
            )


def _check_ready_made(name: str) -> None:
    key, _, work = name.partition(".")
    contender = BY_KEY.get(key)
    measured = [one.key for one in WORKS.values() if one.section == TABLE and not one.once]
    if contender is None or contender is GO or work not in measured:
        others = ", ".join(key for key, one in BY_KEY.items() if one is not GO)
        raise ValueError(
            f"there is no ready contender {name!r}: it is WHO.WHAT, such as 'gochan.unbuffered', "
            f"with WHO of {others} and WHAT of {', '.join(measured)}"
        )
    why = contender.cannot.get(work) or contender.missing()
    if why is not None:
        raise ValueError(f"{name!r} can't be measured: {why}")


def _taken(function: Callable[..., Any], values: Mapping[str, Any]) -> list[str]:
    """The parameters that a function takes, of those there are."""
    own = inspect.signature(function).parameters
    if any(one.kind is inspect.Parameter.VAR_KEYWORD for one in own.values()):
        return list(values)
    return [name for name in values if name in own]


def _parameter(values: Mapping[str, Any]) -> Any:
    """What is told with each sample: the value if there is one, else all by name, as text."""
    if not values:
        return None
    told = {name: _plain(value) for name, value in values.items()}
    return next(iter(told.values())) if len(told) == 1 else told


def _plain(value: Any) -> Any:
    return value if isinstance(value, (bool, int, float, str, type(None))) else str(value)
