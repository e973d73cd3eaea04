"""What keys and values of contexts look like in the text of a context.

Source: Go's context/context.go, stringify.
"""

from __future__ import annotations

from typing import Any

from ..errors import text_of


def text_in_a_context(thing: Any) -> str:
    """A str as it is, an object by its own `__str__`; of all others only the type, as in Go.

    The text of a context must not spread what its values hold.
    """
    if thing is None:
        return "<nil>"
    if isinstance(thing, type):  # a class may be a key, as `type k struct{}` is in Go
        return name_of_type(thing)
    if _has_text_of_its_own(type(thing)):
        return text_of(thing)
    return name_of_type(type(thing))


def _has_text_of_its_own(kind: Any) -> bool:
    """Whether the class says how its objects are printed, as `String` does in Go."""
    return kind.__str__ is not object.__str__


def name_of_type(kind: type) -> str:
    """`int` for what is built in, `main.k` for a class of the program: module and name."""
    module = kind.__module__.rpartition(".")[2]
    if module == "builtins":
        return kind.__name__
    return f"{'main' if module == '__main__' else module}.{kind.__name__}"
