"""When two values of any type are the same, as Go sees it: they are of one type, and equal.

What Python can't hash, such as a list, Go can't compare.

Source: Go specification, "Comparison operators".
"""

from __future__ import annotations

import re
from typing import Any

from .errors import Panic


def map_key(key: Any) -> tuple[type, Any]:
    """What a map tells its keys apart by: 1 and True are two keys.

    Raises Panic for a key that can't be hashed.
    """
    culprit = _unhashable(key)
    if culprit is not None:
        raise Panic(f"runtime error: hash of unhashable type {culprit}")
    return type(key), key


def equal(one: Any, other: Any) -> bool:
    """Whether two values are the same.

    Raises Panic for two of a type that can't be compared.
    """
    if type(one) is not type(other):
        return False
    culprit = _unhashable(one)
    if culprit is not None:
        raise Panic(f"runtime error: comparing uncomparable type {culprit}")
    return bool(one == other)


def _unhashable(value: Any) -> str | None:
    """The name of the type that can't be hashed: that of `value`, or of something in it."""
    try:
        hash(value)
    except TypeError as error:
        found = re.fullmatch(r"unhashable type: '(.+)'", str(error))
        return found[1] if found else type(value).__name__
    return None
