"""`@shared`: finds a function's source, rewrites it, and puts the new code into the function."""

from __future__ import annotations
import __future__

import ast
import functools
import inspect
import linecache
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any, TypeVar, cast
from weakref import WeakSet

from .rewriter import global_var, rewrite
from .scopes import Function
from .storage import GlobalVariable

F = TypeVar("F", bound=Callable[..., Any])

MARK = '"%%shared"'  # the first line of a cell that is rewritten as a whole
NOTHING_SHARED = (
    "{what} declares no name nonlocal or global in a function, so nothing in it is shared; "
    "use Var({{}}) for a dict that is only changed"
)
FUTURE = functools.reduce(
    int.__or__, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
)

_rewritten: WeakSet[CodeType] = WeakSet()


def shared(fn: F) -> F:
    """Makes plain variables of a function visible: each access to one becomes that of a `Var`.

        @shared
        def main():
            count = 0

            def increment():
                nonlocal count
                count += 1  # a read and then a write: another goroutine may come in between

    Shared are the variables that the function, or one inside it, declares `nonlocal` or `global`.
    Every access to them in this function counts, also in those inside that only read. They stay
    plain variables for all other code, such as another cell's `print(count)`.

    Not seen are accesses by `locals()`, `eval` and `exec`, and by code that stands elsewhere; what
    a variable holds (`table[key] = 1` reads `table`; use `Var({})` for an unguarded map); the value
    that a parameter begins with. The `def` and `class` of a shared name are one write each.

    Raises TypeError for what is no function made by `def`, ValueError if nothing in it is shared,
    OSError if its source can't be found.
    """
    _check(fn)
    code = fn.__code__
    linecache.checkcache(code.co_filename)  # a module may have been loaded again
    lines = linecache.getlines(code.co_filename, fn.__globals__)
    if code in _rewritten or (lines and lines[0].startswith(MARK)):
        return fn  # a function inside one that is rewritten comes with that
    if not lines:
        raise OSError(
            f"shared needs the source of {fn.__name__}, and {code.co_filename} has none that can "
            "be read: write the program in a cell or a file"
        )
    tree, node = _parsed("".join(lines), code)
    names, global_names = rewrite(tree, node)
    if not names:
        raise ValueError(NOTHING_SHARED.format(what=fn.__name__))
    add_globals(fn.__globals__, global_names)
    return cast(F, _with_code(fn, _compiled(tree, code)))


def _check(fn: Any) -> None:
    if not inspect.isfunction(fn) or fn.__code__.co_name == "<lambda>" or "__wrapped__" in vars(fn):
        raise TypeError(
            "shared takes a function, not "
            f"{fn!r}: write @shared right above its def, below other decorators"
        )


def add_globals(namespace: dict[str, Any], names: set[str]) -> None:
    """Adds the Vars of global variables, unless they are there already."""
    for name in names:
        namespace.setdefault(global_var(name), GlobalVariable(name, namespace))


def _parsed(text: str, code: CodeType) -> tuple[ast.Module, Function]:
    """The source, and the function in it that became this code."""
    try:
        tree = ast.parse(text, code.co_filename)
    except SyntaxError:
        raise _changed(code) from None
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.name == code.co_name:
            first = node.decorator_list[0] if node.decorator_list else node
            if first.lineno == code.co_firstlineno:
                return tree, node
    raise _changed(code)


def _changed(code: CodeType) -> OSError:
    return OSError(
        f"shared needs the source of {code.co_name}, and {code.co_filename} has another text by "
        "now: load it again"
    )


def _compiled(tree: ast.Module, old: CodeType) -> CodeType:
    """The new code of a function whose old one this is."""
    flags = old.co_flags & FUTURE | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    module: CodeType = compile(tree, old.co_filename, "exec", flags, dont_inherit=True)
    for code in _codes(module):
        same_place = code.co_firstlineno == old.co_firstlineno
        if same_place and code.co_qualname == old.co_qualname:
            _rewritten.update(_codes(code))
            return code
    raise _changed(old)


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A code object and all those inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _with_code(fn: Any, code: CodeType) -> Any:
    """The same function with other code."""
    cells = dict(zip(fn.__code__.co_freevars, fn.__closure__ or (), strict=True))
    if not cells.keys() >= set(code.co_freevars):
        raise _changed(code)
    closure = tuple(cells[name] for name in code.co_freevars)
    new = FunctionType(code, fn.__globals__, fn.__name__, fn.__defaults__, closure)
    new.__kwdefaults__ = fn.__kwdefaults__
    functools.update_wrapper(new, fn)
    del new.__wrapped__  # type: ignore[attr-defined]
    return new
