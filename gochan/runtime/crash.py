"""What Go prints when a program is ended by a panic or a fatal error."""

from __future__ import annotations

import dataclasses
import sys
from types import TracebackType
from typing import NoReturn

from ..errors import FatalError, Panic, panic_text
from .goroutine import RUNNING, Goroutine, GoroutineInfo, info_of
from .source import Where, is_library, place


def describe(error: BaseException, goroutine: Goroutine) -> None:
    """Gives an error its report; another Python exception gets a note and its user frames only."""
    if isinstance(error, Panic):
        error.report = f"{panic_lines(error)}\n\n{_crashed_info(error, goroutine).dump()}"
    elif isinstance(error, FatalError):
        error.report = f"{error}\n\n{_crashed_info(error, goroutine).dump()}"
    else:
        _add_note(error, _note(goroutine))
    error.with_traceback(user_traceback(error.__traceback__))  # a frozen one can't be assigned to


def panic_lines(error: Panic) -> str:
    """`panic: ` and the text; a panic that came while another was handled stands below it.

    Source: Go's runtime/panic.go, printpanics.
    """
    earlier = error.__context__
    while earlier is not None and not isinstance(earlier, Panic):
        earlier = earlier.__context__  # Python's own exceptions were no panics
    if earlier is None:
        return f"panic: {_indented(error)}"
    if earlier.value is error.value:
        return f"{panic_lines(earlier)} [recovered, repanicked]"
    return f"{panic_lines(earlier)} [recovered]\n\tpanic: {_indented(error)}"


def panic_again(first: Panic) -> NoReturn:
    """What a word of gochan does that has to know whether the program's function panicked."""
    again = Panic(first.value).with_traceback(first.__traceback__)
    raise again from first


def _indented(error: Panic) -> str:
    return panic_text(error.value).replace("\n", "\n\t")


def _crashed_info(error: BaseException, goroutine: Goroutine) -> GoroutineInfo:
    """The goroutine as it was when the error left it, or when it made a fatal one."""
    info = info_of(goroutine, sys._getframe())
    places = tuple(reversed(places_of(error.__traceback__))) or info.stack
    return dataclasses.replace(info, state=RUNNING, where=places[0], waiting_on=None, stack=places)


def places_of(traceback: TracebackType | None) -> list[Where]:
    """The student's frames that an exception came through, outermost first."""
    places: dict[int, Where] = {}  # by frame: one that raised again what it caught comes twice
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if not is_library(code):
            places[id(traceback.tb_frame)] = place(code, traceback.tb_lineno)
        traceback = traceback.tb_next
    return list(places.values())


def user_traceback(traceback: TracebackType | None) -> TracebackType | None:
    """The same traceback without the frames of gochan."""
    kept = []
    while traceback is not None:
        if not is_library(traceback.tb_frame.f_code):
            kept.append(traceback)
        traceback = traceback.tb_next
    result = None
    for one in reversed(kept):
        result = TracebackType(result, one.tb_frame, one.tb_lasti, one.tb_lineno)
    return result


def _add_note(error: BaseException, note: str) -> None:
    """The same exception object may be raised by run after run; it may be a frozen dataclass."""
    notes = getattr(error, "__notes__", ())
    if note not in notes:
        BaseException.__setattr__(error, "__notes__", [*notes, note])


def _note(goroutine: Goroutine) -> str:
    info = info_of(goroutine)
    note = f"in goroutine {info.id} ({info.name})"
    if info.created_by is not None:
        note += f", {info.creation()} at {info.created_at}"
    return note
