"""Where in the student's own program something happens: frames of gochan itself don't count."""

from __future__ import annotations

import ast
import functools
import itertools
import linecache
import os
import re
import sys
import typing
from collections.abc import Iterator
from types import CodeType, FrameType, TracebackType
from typing import NamedTuple

import greenlet

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
LIBRARIES = (  # typing: `Chan[int](3)` is called by way of it
    PACKAGE,
    os.path.dirname(os.path.abspath(greenlet.__file__)) + os.sep,
    os.path.abspath(typing.__file__),
)

_is_library: dict[str, bool] = {}


class Where(NamedTuple):
    """A place in a program: file name as a person knows it, line number, function."""

    file: str
    line: int
    function: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


NOWHERE = Where("", 0, "")


def is_library(code: CodeType) -> bool:
    """Whether this code is gochan's own (or the switching library's), not the student's."""
    path = code.co_filename
    known = _is_library.get(path)
    if known is None:
        known = _is_library[path] = path.startswith(LIBRARIES)
    return known


def user_frame(frame: FrameType | None) -> FrameType | None:
    """The innermost frame of the student's own code, from `frame` outwards."""
    while frame is not None and is_library(frame.f_code):
        frame = frame.f_back
    return frame


def caller() -> FrameType | None:
    """The line of the student's code that called into gochan just now."""
    return user_frame(sys._getframe(1))


@functools.lru_cache(maxsize=4096)
def line_of(code: CodeType, instruction: int) -> int:
    """The line that an instruction (`f_lasti`, in bytes) belongs to."""
    for first, end, line in code.co_lines():
        if first <= instruction < end and line is not None:
            return line
    return code.co_firstlineno


def raised_at(traceback: TracebackType | None) -> tuple[CodeType, int] | None:
    """The instruction of the student's code that an exception came from."""
    found = None
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if not is_library(code):
            found = code, traceback.tb_lasti
        traceback = traceback.tb_next
    return found


def instruction(frame: FrameType | None) -> tuple[CodeType | None, int]:
    """Where a frame stands, to be looked up with `line_of` when somebody asks."""
    return (None, 0) if frame is None else (frame.f_code, frame.f_lasti)


def where(frame: FrameType | None) -> Where:
    """The place of a frame, `NOWHERE` for None."""
    if frame is None:
        return NOWHERE
    return place(frame.f_code, frame.f_lineno)


def place(code: CodeType, line: int | None) -> Where:
    """The place of a line in a code object."""
    return _where(file_name(code.co_filename), line or code.co_firstlineno, name_of_code(code))


_where = functools.lru_cache(maxsize=4096)(Where)  # equal places are one object, whoever asks


def name_of_code(code: CodeType) -> str:
    """`outer.inner` for a function inside a function."""
    return getattr(code, "co_qualname", code.co_name).replace(".<locals>", "")


def file_name(path: str) -> str:
    """A file's name as its reader knows it: `Cell In[3]` for a notebook's cell.

    The path of a cell's temporary file differs from run to run; the cell's number doesn't.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None:
        name = shell.compile.format_code_name(path)
        if name is not None:
            return " ".join(name)
    return os.path.basename(path)


def stack(frame: FrameType | None) -> tuple[Where, ...]:
    """The student's frames, innermost first."""
    places = []
    while frame is not None:
        if not is_library(frame.f_code):
            places.append(where(frame))
        frame = frame.f_back
    return tuple(places)


def assigned_name(kind: str, place: int = 0, of: int = 1) -> str | None:
    """The variable that what `kind(...)` returns is assigned to, if the caller's line says so.

    `jobs = Chan[int](3)` calls its channel `jobs` in pictures without being told. A function that
    returns several things (`of`) names the one at `place`: `ctx, cancel = with_cancel(parent)`.
    """
    frame = caller()
    if frame is None:
        return None
    line = linecache.getline(frame.f_code.co_filename, frame.f_lineno, frame.f_globals)
    found = _target_in(line, kind, place, of)
    if found is None and of == 1:
        return _target_of_call(frame.f_code, frame.f_lasti, line)
    return found


@functools.lru_cache(maxsize=4096)
def _target_of_call(code: CodeType, instruction: int, line: str) -> str | None:
    """What the value of a call is assigned to: `jobs, results = Chan(), Chan()`, `self.lock = ...`.

    The line may hold several such calls; the instruction says which one it is.
    """
    positions = next(itertools.islice(code.co_positions(), instruction // 2, None), None)
    text = line.strip()
    try:
        statements = ast.parse(text).body
    except SyntaxError:
        return None
    if positions is None or positions[2] is None:
        return None
    column = positions[2] - len(line[: line.index(text)].encode())
    for target, value in _assignments(statements):
        if isinstance(value, ast.Call) and value.col_offset == column:
            return getattr(target, "id", None) or getattr(target, "attr", None)
    return None


def _assignments(statements: list[ast.stmt]) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Each target with its value."""
    for one in statements:
        if isinstance(one, ast.AnnAssign) and one.value is not None:
            yield one.target, one.value
        elif isinstance(one, ast.Assign) and len(one.targets) == 1:
            target, value = one.targets[0], one.value
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                yield from zip(target.elts, value.elts, strict=False)
            else:
                yield target, value


@functools.lru_cache(maxsize=4096)  # a program that is explored makes its things again and again
def _target_in(line: str, kind: str, place: int, of: int) -> str | None:
    target = r"([A-Za-z_]\w*)\s*"
    targets = r",\s*".join([target] * of)
    found = re.findall(rf"(?:^|;)\s*{targets}(?::[^=]+)?=\s*(?:\w+\.)*{kind}\s*[\[(]", line)
    if len(found) != 1:
        return None
    names: tuple[str, ...] = (found[0],) if of == 1 else found[0]
    return names[place]
