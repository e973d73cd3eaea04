"""What is checked, and how: what a teacher says to `check`."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..runtime.goroutine import function_name
from .cases import Case
from .places import Places
from .uses import Use, uses_of
from .watchdog import Watchdog


@dataclass(frozen=True)
class Task:
    """What is checked; see `check`."""

    solution: Any
    name: str
    around: Callable[..., Any] | None
    cases: tuple[Case, ...]
    goroutines: int
    within: float
    without: tuple[str, ...]
    races: bool
    leaks: bool
    watchdog: Watchdog

    @cached_property
    def places(self) -> Places:
        """Names lines of the solution and of the check."""
        return Places(self.solution, self.around)

    @cached_property
    def uses(self) -> list[Use]:
        """The names in them."""
        return uses_of(self.solution)


def check_task(task: Task) -> None:
    """Raises TypeError or ValueError, a sentence for the teacher, if `check` is called wrongly."""
    if not task.cases:
        raise ValueError("check needs at least one case(...)")
    for one in task.cases:
        if not isinstance(one, Case):
            raise TypeError(f"check takes the solution and then cases, case(...), not {one!r}")
    if task.around is not None:
        for one in task.cases:
            _check_program(task.around, one)
    _check_number("goroutines", task.goroutines)
    _check_number("within", task.within)
    if not isinstance(task.goroutines, int):
        raise TypeError(f"goroutines is a whole number, not {task.goroutines!r}")


def _check_program(around: Any, case: Case) -> None:
    if not callable(around):
        raise TypeError(f"program is a function around(solution, *args), not {around!r}")
    try:
        inspect.signature(around).bind(None, *case.args)
    except TypeError as error:
        raise TypeError(
            f"program is called as {case.call(function_name(around), 'solution')}: {error}"
        ) from None


def _check_number(name: str, value: Any) -> None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise TypeError(f"{name} is a number, not {value!r}")
    if not value >= 0:
        raise ValueError(f"{name} is a number from 0 on, not {value!r}")


def names_in(without: Any) -> tuple[str, ...]:
    """The names that are not to be used.

    Raises TypeError for what is no list of names.
    """
    if isinstance(without, str) or not isinstance(without, Iterable):
        raise TypeError(f'without is a list of names, such as ("sleep",), not {without!r}')
    names = tuple(without)
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"without holds names, not {name!r}")
    return names


def seconds_in(within: float | None) -> float:
    """No limit is an infinite one."""
    return math.inf if within is None else within
