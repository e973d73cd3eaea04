"""What came back and what should have, compared in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..analysis.explore.verdict import shown

LONGEST = 120  # characters of a value
FEW = 3  # values are listed one by one


def difference(value: Any, expected: Any) -> str | None:
    """`returns [1, 3], [1, 2, 3] is expected: 2 is missing`; None if they are equal."""
    if is_equal(value, expected):
        return None
    if value is None:
        return f"returns nothing (None), {brief(expected)} is expected"
    text = f"returns {brief(value)}, {brief(expected)} is expected"
    details = _details(value, expected)
    return f"{text}: {details}" if details else text


def is_equal(value: Any, expected: Any) -> bool:
    """Whether they are; what can't be compared isn't."""
    try:
        return bool(value == expected)
    except Exception:  # noqa: BLE001 - it is the student's class, and may raise anything
        return False


def brief(value: Any) -> str:
    """A value's repr, with its end left out if it is long."""
    text = " ".join(shown(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _details(value: Any, expected: Any) -> str:
    if type(value) is not type(expected):
        return _other_type(value, expected)
    if not isinstance(value, (list, tuple, set, frozenset)):
        return ""
    missing, extra = _without(expected, value), _without(value, expected)
    if not missing and not extra:
        return "the same values in another order"
    parts = [_listed(missing, "missing"), _listed(extra, "too many")]
    return ", ".join(part for part in parts if part)


def _other_type(value: Any, expected: Any) -> str:
    if isinstance(value, (list, tuple)) and isinstance(expected, (list, tuple)):
        return f"a {type(value).__name__}, not a {type(expected).__name__}"
    return ""


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
    return found


def _listed(values: list[Any], what: str, name: Callable[[Any], str] = brief) -> str:
    if not values:
        return ""
    if len(values) > FEW:
        return f"{len(values):,} values are {what}"
    return f"{' and '.join(map(name, values))} {'is' if len(values) == 1 else 'are'} {what}"
