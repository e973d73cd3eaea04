"""The variable that a new channel or lock goes into, read off the line that makes it.

A name is found or it isn't: nothing here fails, and a line in another form gives None.
"""

from __future__ import annotations

import ast
import functools
import itertools
import linecache
import re
from types import CodeType, FrameType
from typing import NamedTuple

from .source import caller

INSTRUCTION = 2  # bytes
LONGEST_KEY = 20  # characters


class Member(NamedTuple):
    """What a comprehension makes: `forks[...]`, with the value of `variable` as index or key."""

    collection: str
    variable: str


def assigned_name(kind: str, place: int = 0, of: int = 1) -> str | None:
    """The variable that what `kind(...)` returns is assigned to, if the caller's line says so.

    `jobs = Chan[int](3)` calls its channel `jobs` in pictures without being told, and
    `forks = [Mutex() for i in range(3)]` its locks `forks[0]` to `forks[2]`. A function that
    returns several things (`of`) names the one at `place`: `ctx, cancel = with_cancel(parent)`.
    """
    frame = caller()
    if frame is None:
        return None
    line = linecache.getline(frame.f_code.co_filename, frame.f_lineno, frame.f_globals)
    name = _target_in(line, kind, place, of)
    if name is None and of == 1:
        found = _target_at(line, kind, _column(frame.f_code, frame.f_lasti))
        name = _name_of_member(found, frame) if isinstance(found, Member) else found
    return name


@functools.lru_cache(maxsize=4096)  # a program that is explored makes its things again and again
def _target_in(line: str, kind: str, place: int, of: int) -> str | None:
    """The target of a line that may be only the first of its statement."""
    target = r"(?:\w+\.)*([A-Za-z_]\w*)\s*"
    targets = r",\s*".join([target] * of)
    found = re.findall(rf"(?:^|;)\s*{targets}(?::[^=]+)?=\s*(?:\w+\.)*{kind}\s*[\[(]", line)
    if len(found) != 1:
        return None
    names: tuple[str, ...] = (found[0],) if of == 1 else found[0]
    return names[place]


@functools.lru_cache(maxsize=4096)
def _target_at(line: str, kind: str, column: int | None) -> str | Member | None:
    """The target of the call at a column, one of several in a whole statement."""
    try:
        (statement,) = ast.parse(line.strip()).body
    except (SyntaxError, ValueError):  # part of a statement, or several
        return None
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], statement.value
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        target, value = statement.target, statement.value
    else:
        return None
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and column is not None:
        indent = len(line) - len(line.lstrip())
        return _element_at(target, value, kind, column - indent)
    return _member(target, value, kind)


def _element_at(target: ast.Tuple, value: ast.Tuple, kind: str, column: int) -> str | None:
    """`b` for the second call of `a, b = Mutex(), Mutex()`."""
    if len(target.elts) != len(value.elts):
        return None
    for one, made in zip(target.elts, value.elts, strict=True):
        if made.col_offset == column and _makes(made, kind):
            return _variable(one)
    return None


def _member(target: ast.expr, value: ast.expr, kind: str) -> Member | None:
    """Where a comprehension puts what it makes, if a variable tells the index or the key."""
    if not isinstance(value, (ast.ListComp, ast.DictComp)) or len(value.generators) != 1:
        return None
    made = value.elt if isinstance(value, ast.ListComp) else value.value
    collection = _variable(target)
    loop = value.generators[0]
    key = _index(loop) if isinstance(value, ast.ListComp) else _variable(value.key)
    if collection is None or key is None or not _makes(made, kind):
        return None
    return Member(collection, key)


def _index(loop: ast.comprehension) -> str | None:
    """The variable of `for i in range(n)`, which is the index; none where some are left out."""
    is_range = (
        isinstance(loop.iter, ast.Call)
        and isinstance(loop.iter.func, ast.Name)
        and loop.iter.func.id == "range"
        and len(loop.iter.args) == 1
    )
    return _variable(loop.target) if is_range and not loop.ifs else None


def _variable(node: ast.expr) -> str | None:
    """`forks`, also for `self.forks`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def _makes(node: ast.expr, kind: str) -> bool:
    """Whether it calls `kind`, as in `sync.Mutex()` and `Chan[int](3)`."""
    if not isinstance(node, ast.Call):
        return False
    function = node.func.value if isinstance(node.func, ast.Subscript) else node.func
    return _variable(function) == kind


def _name_of_member(member: Member, frame: FrameType) -> str | None:
    key = frame.f_locals.get(member.variable)
    if type(key) not in (int, str) or len(str(key)) > LONGEST_KEY:
        return None
    return f"{member.collection}[{key!r}]"


@functools.lru_cache(maxsize=4096)
def _column(code: CodeType, instruction: int) -> int | None:
    """Where on its line a call begins, in bytes; Python may have been told not to keep that."""
    at = instruction // INSTRUCTION
    position = next(itertools.islice(code.co_positions(), at, None), None)
    return None if position is None else position[2]
