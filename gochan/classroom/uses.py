"""Which names a solution uses, where, and what they stand for: read from its compiled code.

The solution is the function with all functions inside it, and what it uses of its own file or cell:
other functions, and the methods of classes.
"""

from __future__ import annotations

import builtins
import dis
import functools
import inspect
import sys
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any, NamedTuple

from ..runtime.source import Where, is_library, place

UNKNOWN = object()  # the value of what only exists while the program runs
ATTRIBUTES = ("LOAD_ATTR", "LOAD_METHOD")
GLOBALS = ("LOAD_GLOBAL", "LOAD_NAME")
WRAPPERS = (functools.partial, MethodType, staticmethod, classmethod)
FREE = ("LOAD_DEREF", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_DEREF")


class Use(NamedTuple):
    """A name at a place: `dotted` as it is written, `value` what it stands for if that is known.

    `owner` is what an attribute is looked up in.
    """

    name: str
    dotted: str
    value: Any
    owner: Any
    where: Where


def functions_of(solution: Any) -> list[FunctionType]:
    """The student's functions: the solution, and those of its own file that it uses."""
    found: dict[CodeType, FunctionType] = {}
    waiting = list(functions_in(solution))
    files = {fn.__code__.co_filename for fn in waiting}
    while waiting:
        fn = waiting.pop(0)
        if fn.__code__ in found or fn.__code__.co_filename not in files:
            continue
        found[fn.__code__] = fn
        for use in _uses_in(fn):
            waiting += functions_in(use.value)
    return list(found.values())


def classes_of(solution: Any) -> list[type]:
    """The student's classes: the solution if it is one, and those of its own file that it uses."""
    functions = functions_of(solution)
    files = {fn.__code__.co_filename for fn in functions}
    things = [solution, *(use.value for fn in functions for use in _uses_in(fn))]
    classes = [one for one in things if isinstance(one, type)]
    return [
        one
        for one in dict.fromkeys(classes)
        if any(fn.__code__.co_filename in files for fn in functions_in(one))
    ]


def uses_of(solution: Any) -> list[Use]:
    """All names in the student's functions, in the order of their lines."""
    uses = [use for fn in functions_of(solution) for use in _uses_in(fn)]
    return sorted(uses, key=lambda use: (use.where.file, use.where.line))


def functions_in(thing: Any) -> Iterator[FunctionType]:
    """The plain functions of a function, method, partial or class; gochan's own are none."""
    if isinstance(thing, type):
        for part in vars(thing).values():
            if not isinstance(part, type):
                yield from functions_in(part)
    elif isinstance(thing, property):
        yield from functions_in(thing.fget)
        yield from functions_in(thing.fset)
    else:
        while isinstance(thing, WRAPPERS):
            thing = thing.func if isinstance(thing, functools.partial) else thing.__func__
        inner = inspect.unwrap(thing) if isinstance(thing, FunctionType) else None
        if isinstance(inner, FunctionType) and not is_library(inner.__code__):
            yield inner


def _uses_in(fn: FunctionType) -> Iterator[Use]:
    free = dict(zip(fn.__code__.co_freevars, fn.__closure__ or (), strict=False))
    known = {name: content_of(cell) for name, cell in free.items()}

    def value_of(operation: str, name: str) -> Any:
        if operation in FREE:  # a variable of a function around it hides the global one
            return known.get(name, UNKNOWN)
        return fn.__globals__.get(name, getattr(builtins, name, UNKNOWN))

    for code in codes_in(fn.__code__):
        yield from _uses_in_code(code, value_of)


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """A code object and all those inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes_in(constant)


def content_of(cell: Any) -> Any:
    """What a closed-over variable holds now."""
    try:
        return cell.cell_contents
    except ValueError:  # it is empty as yet
        return UNKNOWN


def _uses_in_code(code: CodeType, value_of: Callable[[str, str], Any]) -> Iterator[Use]:
    """The student's own variables are no uses, what is looked up in them is."""
    last: Use | None = None
    imported: Use | None = None
    for instruction in dis.get_instructions(code):
        name, dotted, value, owner = str(instruction.argval), "", UNKNOWN, UNKNOWN
        if instruction.opname in (*GLOBALS, *FREE):
            dotted, value = name, value_of(instruction.opname, name)
        elif instruction.opname in ATTRIBUTES:
            dotted = f"{last.dotted}.{name}" if last else name
            owner = last.value if last else UNKNOWN
            value = _attribute(owner, name)
        elif instruction.opname == "IMPORT_NAME":
            dotted, value = name, sys.modules.get(name, UNKNOWN)
        elif instruction.opname == "IMPORT_FROM" and imported:
            dotted, value = f"{imported.dotted}.{name}", _attribute(imported.value, name)
        else:
            last = None
            continue
        line = instruction.positions.lineno if instruction.positions else None
        last = Use(name.rpartition(".")[2], dotted, value, owner, place(code, line))
        if instruction.opname == "IMPORT_NAME":
            imported = last
        if instruction.opname not in FREE or value is not UNKNOWN:
            yield last


def _attribute(owner: Any, name: str) -> Any:
    """Of a module only: to look it up elsewhere could run the student's code."""
    return getattr(owner, name, UNKNOWN) if isinstance(owner, ModuleType) else UNKNOWN
