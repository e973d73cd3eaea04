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

from .. import sync
from ..channel import nil
from ..rewriting.storage import PlainVariable
from ..runtime.source import Where, file_name
from .uses import UNKNOWN, classes_of, content_of, functions_in, functions_of, uses_of

MOST_PARTS = 2_000  # of what a variable holds are looked at


class Kept(NamedTuple):
    """A variable that outlives a run: a global one, a class's (`Counter.count`), or a default.

    `path` is the file; `line` is where it is made, 0 if that has to be looked up.
    """

    name: str
    path: str
    line: int = 0
    is_default: bool = False

    def where(self) -> Where:
        """Where it is made; line 0 if that isn't known."""
        line = self.line or _line_of_assignment(self.path, self.name)
        return Where(file_name(self.path), line, "")


class Leftovers:
    """What the variables outside of a solution's functions hold, now and later."""

    def __init__(self, solution: Any) -> None:
        self._functions = functions_of(solution)
        self._classes = classes_of(solution)
        uses = uses_of(solution)
        self._names = list(dict.fromkeys(use.name for use in uses if use.name == use.dotted))
        self._locks: set[str] = set()
        self._before = dict(self._held())

    def changed(self) -> Kept | None:
        """A variable that holds something else than at the beginning; a lock if nothing else."""
        now = dict(self._held())
        changed = [kept for kept, before in self._before.items() if now.get(kept) != before]
        return min(changed, key=lambda kept: kept.name in self._locks, default=None)

    def _held(self) -> Iterator[tuple[Kept, list[Any]]]:
        for kept, value in self._variables():
            if _is_data(value):
                if type(value).__module__.startswith(sync.__name__):
                    self._locks.add(kept.name)
                yield kept, list(_parts(value))

    def _variables(self) -> Iterator[tuple[Kept, Any]]:
        for fn in self._functions:
            yield from _globals_of(fn, self._names)
            yield from _closed_over(fn)
            yield from _defaults_of(fn)
        for owner in self._classes:
            path = next(functions_in(owner)).__code__.co_filename
            for name, value in vars(owner).items():
                if not (name.startswith("__") or callable(value) or isinstance(value, METHODS)):
                    yield Kept(f"{owner.__name__}.{name}", path), value


METHODS = (property, staticmethod, classmethod)


def _globals_of(fn: FunctionType, names: Sequence[str]) -> Iterator[tuple[Kept, Any]]:
    path = fn.__code__.co_filename
    for name in names:
        value = fn.__globals__.get(name, UNKNOWN)
        if isinstance(value, PlainVariable):
            plain = value.name or name
            yield Kept(plain, path), fn.__globals__.get(plain, UNKNOWN)
        else:
            yield Kept(name, path), value


def _closed_over(fn: FunctionType) -> Iterator[tuple[Kept, Any]]:
    for name, cell in zip(fn.__code__.co_freevars, fn.__closure__ or (), strict=False):
        yield Kept(name, fn.__code__.co_filename), content_of(cell)


def _defaults_of(fn: FunctionType) -> Iterator[tuple[Kept, Any]]:
    code, values = fn.__code__, fn.__defaults__ or ()
    names = code.co_varnames[: code.co_argcount]
    pairs = [*zip(names[len(names) - len(values) :], values, strict=True)]
    for name, value in (*pairs, *(fn.__kwdefaults__ or {}).items()):
        yield Kept(name, code.co_filename, code.co_firstlineno, is_default=True), value


def _is_data(value: Any) -> bool:
    """The nil channel holds nothing, though many may have waited on it."""
    if value is UNKNOWN or value is nil:
        return False
    return not isinstance(value, (ModuleType, FunctionType, type))


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
    """Where a variable of a module, a cell or a class is made."""
    try:
        body: list[ast.stmt] = ast.parse("".join(linecache.getlines(path))).body
    except SyntaxError:
        return 0
    *owners, name = name.split(".")
    for owner in owners:
        classes = (one for one in body if isinstance(one, ast.ClassDef) and one.name == owner)
        body = next((one.body for one in classes), [])
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store):
                return node.lineno
    return 0
