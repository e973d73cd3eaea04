"""A case: what the student's function is given, and what should come of it."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any, NamedTuple

from ..channel import channel_of, nil
from ..runtime.shown import short_repr


class Case(NamedTuple):
    """Arguments, and what is expected: a value, or a function of the Result."""

    args: tuple[Any, ...]
    expect: Any

    def fresh_args(self) -> tuple[Any, ...]:
        """A deep copy: what one run does to its arguments no other run sees."""
        return tuple(copy.deepcopy(list(self.args)))  # together: what they share stays shared

    def call(self, name: str, *first: str) -> str:
        """`merge([1, 2], [3])`."""
        return f"{name}({', '.join([*first, *map(argument, self.args)])})"


def case(*args: Any, expect: Any) -> Case:
    """What the solution is given in one situation, and what should come of it.

    Parameters
    ----------
    *args
        The arguments. Every run gets a deep copy of its own, of functions the function itself.
    expect
        The value that should come back; or a function of the `Result`, as main leaves it, that
        returns True or None when it is right, False, or a sentence that says what is wrong.

    Raises TypeError for an argument that can't be copied, ValueError for a channel: it would be
    shared by all runs.
    """
    for number, one in enumerate(args, 1):
        _check_argument(number, one)
    return Case(args, expect)


def _check_argument(number: int, given: Any) -> None:
    if any(channel_of(one) not in (None, nil) for one in _with_items(given)):
        raise ValueError(
            f"argument {number} of case(...) is or holds a channel, which all runs would share: "
            "make it in program="
        )
    try:
        copy.deepcopy(given)
    except Exception as error:  # noqa: BLE001 - its own methods may raise anything
        raise TypeError(
            f"argument {number} of case(...) can't be copied, and every run needs its own: {error}"
        ) from None


def _with_items(given: Any) -> Iterable[Any]:
    yield given
    if isinstance(given, (list, tuple, set, frozenset)):
        yield from given
    elif isinstance(given, dict):
        yield from given.values()


def argument(given: Any) -> str:
    """A value as it stands in a call; a function by its name."""
    name = getattr(given, "__name__", None)
    return name if isinstance(name, str) and callable(given) else short_repr(given)
