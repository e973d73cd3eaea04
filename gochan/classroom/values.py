"""What came back and what should have, compared in words."""

from __future__ import annotations

import reprlib
from typing import Any

from ..runtime.shown import without_addresses

LONGEST = 120  # characters of a value
FEW = 3  # values are listed one by one


class _Steady(reprlib.Repr):
    """A repr that is the same in every process: the order of a set is not."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 6
        self.maxlist = self.maxtuple = self.maxset = self.maxfrozenset = LONGEST
        self.maxdeque = self.maxdict = self.maxstring = self.maxlong = self.maxother = LONGEST

    def repr_dict(self, one: dict[Any, Any], level: int) -> str:
        """In its own order, which is that of insertion."""
        if level <= 0:
            return "{...}"
        items = (f"{self.repr1(k, level - 1)}: {self.repr1(v, level - 1)}" for k, v in one.items())
        return f"{{{', '.join(items)}}}"


_steady = _Steady()


def brief(value: Any) -> str:
    """A value's repr on one line, with its end left out if it is long."""
    text = " ".join(without_addresses(_steady.repr(value)).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def is_equal(value: Any, expected: Any) -> bool:
    """Whether they are; what can't be compared isn't."""
    try:
        return bool(value == expected)
    except Exception:  # noqa: BLE001 - it is the student's class, and may raise anything
        return False


def difference(value: Any, expected: Any) -> str:
    """`returned [1, 3] instead of [1, 2, 3]: 2 is missing`."""
    if value is None:
        return f"returned nothing (None) instead of {brief(expected)}"
    details = _details(value, expected)
    text = f"returned {brief(value)} instead of {brief(expected)}"
    return f"{text}: {details}" if details else text


def _details(value: Any, expected: Any) -> str:
    kinds = type(value).__name__, type(expected).__name__
    if kinds[0] != kinds[1] and brief(value) == brief(expected):
        return f"a {kinds[0]}, not a {kinds[1]}"
    sequences = isinstance(value, (list, tuple)) and isinstance(expected, (list, tuple))
    if sequences and list(value) == list(expected):
        return f"a {kinds[0]}, not a {kinds[1]}"
    if kinds[0] != kinds[1] or not isinstance(value, (list, tuple, set, frozenset)):
        return ""
    missing, extra = _without(expected, value), _without(value, expected)
    if not missing and not extra:
        return "the same values in another order"
    parts = [_listed(missing, "missing"), _listed(extra, "too many")]
    return ", ".join(part for part in parts if part)


def _without(some: Any, others: Any) -> list[Any]:
    """What is in `some` more often than in `others`, which may hold what has no hash."""
    left = list(others)
    found = []
    for one in some:
        at = next((at for at, other in enumerate(left) if is_equal(one, other)), None)
        if at is None:
            found.append(one)
        else:
            del left[at]
    return sorted(found, key=brief)


def _listed(values: list[Any], what: str) -> str:
    if not values:
        return ""
    if len(values) > FEW:
        return f"{len(values):,} values are {what}"
    *others, last = map(brief, values)
    names = f"{', '.join(others)} and {last}" if others else last
    return f"{names} {'are' if others else 'is'} {what}"
