"""A function on its way to another process, with everything that it uses."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import cloudpickle


def packed(name: str, function: Callable[..., Any]) -> bytes:
    """The function, pickled with the variables that it uses, as they are now.

    Functions and classes of a notebook go along; those of a module are imported there.

    Raises TypeError, with a sentence that names what can't be sent.
    """
    try:
        return _pickled(function)
    except Exception as error:  # noqa: BLE001 - whatever an object's own way to be pickled raises
        raise TypeError(
            f"{name} can't be sent to the process that measures it: {_reason(function, error)}"
        ) from None


def _pickled(what: Any) -> bytes:
    done: bytes = cloudpickle.dumps(what)
    return done


def _reason(function: Callable[..., Any], error: Exception) -> str:
    for name, value in _used(function).items():
        try:
            _pickled(value)
        except Exception as why:  # noqa: BLE001 - as above
            return f"it uses {name}, a {type(value).__name__} ({why}). Make it inside the function"
    return str(error)


def _used(function: Callable[..., Any]) -> dict[str, Any]:
    try:
        used = inspect.getclosurevars(function)
    except (TypeError, ValueError):
        return {}
    return {**used.nonlocals, **used.globals}
