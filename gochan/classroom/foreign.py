"""Names that a solution must not use: what the check forbids, and Python's own concurrency."""

from __future__ import annotations

import builtins
import os
import time as wall_time
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from .places import Places
from .uses import UNKNOWN, Use

THREADS = (
    "_thread",
    "asyncio",
    "concurrent.futures",
    "multiprocessing",
    "queue",
    "subprocess",
    "threading",
)
NOT_THREADS = "goroutines are no threads: gochan's go, Chan and sync are all that is needed"
NOT_REAL = "Python's own clock really waits, and gochan's does not: from gochan import time"
ENDS_ALL = "that ends the whole program: return from the function instead"
EXITS = ("Quitter", "ExitAutocall", "ZMQExitAutocall")  # of Python, IPython and its kernel
NOBODY_TYPES = "nobody is there to type when a check runs it"
UNSTEADY = ("random", "secrets", "uuid", "datetime")


def forbidden(name: str, uses: Sequence[Use], without: Sequence[str], places: Places) -> str | None:
    """Why the solution `name` is refused because of the names in it.

    A name in `without` is found as a name, an attribute (`time.sleep`) and an import, also by
    another name (`from gochan.time import sleep as wait`). One with a dot, `time.sleep`, stands for
    what is written so, or is imported from there.
    """
    for use in uses:
        banned = [one for one in without if _is(use, one)]
        why = f"`{banned[0]}` is not to be used here" if banned else _why_foreign(use)
        if why is not None:
            text = f"{name} uses `{_fullest(use, uses).dotted}` on {places.name(use.where)}: {why}"
            return "\n".join([text, *places.quoted(use.where)])
    return None


def unsteady(uses: Sequence[Use]) -> Use | None:
    """The first use of what is different in each run: random numbers, or a real clock."""
    for use in uses:
        module = _module_of(use.value)
        if module.partition(".")[0] in UNSTEADY or (module == "time" and callable(use.value)):
            return _fullest(use, uses)
    return None


def _fullest(use: Use, uses: Sequence[Use]) -> Use:
    """`threading.Thread` for `threading`, if that is what stands there."""
    same = [one for one in uses if one.where == use.where and one.dotted.startswith(use.dotted)]
    return max(same, key=lambda one: len(one.dotted))


def _is(use: Use, name: str) -> bool:
    own = getattr(use.value, "__name__", "") if use.value is not UNKNOWN else ""
    if "." not in name:
        return name in (use.name, own)
    module = _module_of(use.value)
    return use.dotted == name or f"{module}.{own}".endswith((f".{name}", name))


def _why_foreign(use: Use) -> str | None:
    if use.value is builtins.input:
        return NOBODY_TYPES
    if use.value is os._exit or type(use.value).__name__ in EXITS:
        return ENDS_ALL
    module = _module_of(use.value)
    if any(module == one or module.startswith(f"{one}.") for one in THREADS):
        return NOT_THREADS
    is_missing = use.owner is wall_time and use.value is UNKNOWN  # `time.after`
    if use.value is wall_time.sleep or is_missing:
        return NOT_REAL
    return None


def _module_of(value: Any) -> str:
    """The module that a value is, or comes from."""
    if isinstance(value, ModuleType):
        return value.__name__
    module = getattr(value, "__module__", None) if callable(value) else None
    if isinstance(module, str):
        return module
    owner = getattr(value, "__self__", None)  # `random.random` is a method of a hidden object
    return type(owner).__module__ if owner is not None and callable(value) else ""
