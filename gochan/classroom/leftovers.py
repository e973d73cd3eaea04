"""What a solution keeps from run to run: variables outside of it, which a run doesn't make anew.

A check runs the same program hundreds of times, and each run has to begin as the first one did.
"""

from __future__ import annotations

import ast
import linecache
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

from ..rewriting.storage import PlainVariable
from ..runtime.source import Where, place
from .uses import UNKNOWN, Use, content_of

MOST_PARTS = 2_000  # of what a variable holds are looked at


class Kept(NamedTuple):
    """A variable that outlives a run: its name, and whose it is."""

    name: str
    fn: FunctionType
    is_default: bool  # the default value of a parameter

    def where(self) -> Where:
        """Where it is made; line 0 if that isn't known."""
        code = self.fn.__code__
        line = code.co_firstlineno
        if not self.is_default:
            line = _line_of_assignment(code.co_filename, self.name)
        return place(code, line)._replace(line=line)


class Leftovers:
    """What the variables outside of a solution's functions hold, now and later."""

    def __init__(self, functions: Sequence[FunctionType], uses: Sequence[Use]) -> None:
        self._functions = functions
        self._names = list(dict.fromkeys(use.name for use in uses if use.name == use.dotted))
        self._before = dict(self._held())

    def changed(self) -> Kept | None:
        """The first variable that holds something else than at the beginning."""
        now = dict(self._held())
        for key, before in self._before.items():
            if now.get(key) != before:
                return key
        return None

    def _held(self) -> Iterator[tuple[Kept, list[Any]]]:
        for fn in self._functions:
            for kept, value in _variables_of(fn, self._names):
                yield kept, list(_parts(value))


def _variables_of(fn: FunctionType, names: Sequence[str]) -> Iterator[tuple[Kept, Any]]:
    """What it uses of its module or notebook and of functions around it, and default values."""
    for name in names:
        value = fn.__globals__.get(name, UNKNOWN)
        if isinstance(value, PlainVariable):
            yield (
                Kept(value.name or name, fn, is_default=False),
                fn.__globals__.get(value.name or ""),
            )
        elif _is_data(value):
            yield Kept(name, fn, is_default=False), value
    for name, cell in zip(fn.__code__.co_freevars, fn.__closure__ or (), strict=False):
        value = content_of(cell)
        if _is_data(value):
            yield Kept(name, fn, is_default=False), value
    for name, value in defaults_of(fn):
        yield Kept(name, fn, is_default=True), value


def defaults_of(fn: FunctionType) -> Iterator[tuple[str, Any]]:
    """The parameters that have a default value, with that."""
    values = fn.__defaults__ or ()
    names = fn.__code__.co_varnames[: fn.__code__.co_argcount]
    yield from zip(names[len(names) - len(values) :], values, strict=True)
    yield from (fn.__kwdefaults__ or {}).items()


def _is_data(value: Any) -> bool:
    return value is not UNKNOWN and not isinstance(value, (ModuleType, FunctionType, type))


def _parts(value: Any) -> Iterator[Any]:
    """What a value is made of, flat: two of them are alike if their parts are."""
    waiting: deque[Any] = deque([value])
    seen: set[int] = set()
    while waiting and len(seen) < MOST_PARTS:
        one = waiting.popleft()
        yield type(one)
        if isinstance(one, (int, float, str, bytes, type(None))):
            yield one
            continue
        if id(one) in seen or not _is_data(one):
            continue
        seen.add(id(one))
        inner = list(_inner(one))
        yield len(inner)
        waiting += inner


def _inner(one: Any) -> Iterator[Any]:
    if isinstance(one, Mapping):
        for key, value in one.items():
            yield key
            yield value
    elif isinstance(one, (list, tuple, set, frozenset, deque)):
        yield from one
    yield from getattr(one, "__dict__", {}).values()
    for kind in type(one).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for slot in (slots,) if isinstance(slots, str) else slots:
            yield getattr(one, slot, None)


def _line_of_assignment(path: str, name: str) -> int:
    """Where a variable of a module or a cell is made."""
    try:
        tree = ast.parse("".join(linecache.getlines(path)))
    except SyntaxError:
        return 0
    for statement in tree.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store):
                return node.lineno
    return 0
