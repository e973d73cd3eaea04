"""Where in the student's own program something happens: frames of gochan itself don't count."""

from __future__ import annotations

import functools
import os
import sys
import typing
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
