"""What Go prints when a program is ended by a panic or a fatal error."""

from __future__ import annotations

from types import TracebackType

from ..errors import FatalError, Panic, panic_text
from .goroutine import Goroutine, GoroutineInfo, info_of, name_of
from .source import Where, is_library, place


def describe(error: BaseException, goroutine: Goroutine) -> None:
    """Gives an error its report; another Python exception gets a note and its user frames only."""
    if isinstance(error, Panic):
        error.report = f"{panic_lines(error)}\n\n{_crashed_info(error, goroutine).dump()}"
    elif isinstance(error, FatalError):
        error.report = f"{error}\n\n{_crashed_info(error, goroutine).dump()}"
    else:
        error.add_note(_note(goroutine))
    error.__traceback__ = user_traceback(error.__traceback__)


def panic_lines(error: Panic) -> str:
    """`panic: ` and the text; a panic that came while another was handled stands below it.

    Source: Go's runtime/panic.go, printpanics.
    """
    earlier = error.__context__
    if isinstance(earlier, Panic) and earlier is not error:
        first = panic_lines(earlier)
        return f"{first} [recovered]\n\tpanic: {_indented(error)}"
    return f"panic: {_indented(error)}"


def _indented(error: Panic) -> str:
    return panic_text(error.value).replace("\n", "\n\t")


def _crashed_info(error: BaseException, goroutine: Goroutine) -> GoroutineInfo:
    """The goroutine as it was when the error left it."""
    info = info_of(goroutine)
    places = tuple(reversed(_places(error.__traceback__))) or info.stack
    return GoroutineInfo(
        id=info.id,
        name=info.name,
        state="running",
        where=places[0],
        created_by=info.created_by,
        created_by_id=info.created_by_id,
        created_at=info.created_at,
        waiting_on=None,
        stack=places,
    )


def _places(traceback: TracebackType | None) -> list[Where]:
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if not is_library(code):
            places.append(place(code, traceback.tb_lineno))
        traceback = traceback.tb_next
    return places


def user_traceback(traceback: TracebackType | None) -> TracebackType | None:
    """The same traceback without the frames of gochan."""
    if traceback is None:
        return None
    rest = user_traceback(traceback.tb_next)
    frame = traceback.tb_frame
    if is_library(frame.f_code):
        return rest
    return TracebackType(rest, frame, traceback.tb_lasti, traceback.tb_lineno)


def _note(goroutine: Goroutine) -> str:
    note = f"in goroutine {goroutine.id} ({name_of(goroutine)})"
    if goroutine.created_by is None:
        return note
    info = info_of(goroutine)
    return f"{note}, created by {info.created_by} in goroutine {info.created_by_id} at {info.created_at}"
