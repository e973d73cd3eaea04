"""A panic, a fatal error or another exception: who raised it, where, and what it often means."""

from __future__ import annotations

import dis

from ..errors import text_of
from ..program import Result
from ..runtime import event as kinds
from ..runtime.crash import places_of
from ..runtime.goroutine import RUNNING
from ..runtime.source import NOWHERE, Where
from .stuck import named
from .task import Task
from .trying import trace_of
from .uses import functions_in

NIL_FUNC = "go of nil func value"
CALLED = "go takes the function and its arguments: go(f, x), and not go(f(x)), which calls f itself"
HINTS = {
    "SystemExit": "sys.exit() ends the whole program: return from the function instead",
    "RecursionError": "It calls itself again and again: nothing stops it",
    "UnboundLocalError": "To assign to a variable of the function around it, declare it nonlocal",
}


def crash_told(result: Result, task: Task) -> list[str]:
    """Which goroutine it was, and where."""
    culprit, where = _crashed(result, task) or _ended_from_outside(result, task)
    between = " " if culprit.endswith(" on") else ", "
    lines = [f"{culprit}{between}{task.places.name(where)}", *task.places.quoted(where)]
    hint = HINTS.get(type(result.error).__name__) or _nothing_returned(result, task)
    if NIL_FUNC in text_of(result.error):
        hint = CALLED
    return [*(lines if where.line else []), *([hint] if hint else [])]


def _crashed(result: Result, task: Task) -> tuple[str, Where] | None:
    """The goroutine that an exception left."""
    trace, error = trace_of(result), result.error
    crashed = [event.goroutine for event in trace.events if event.kind == kinds.CRASH]
    if not crashed or error is None:
        return None
    where = task.places.best(reversed(places_of(error.__traceback__)))
    facts = next(facts for facts in trace.goroutines if facts.id == crashed[-1])
    if where.line or not facts.line:
        return named([facts]), where
    return f"{named([facts])}, started on", Where(facts.file, facts.line, "")  # it took no step


def _ended_from_outside(result: Result, task: Task) -> tuple[str, Where]:
    """The goroutine that made a fatal error."""
    running = [info for info in result.left if info.state == RUNNING]
    if not running:
        return "main", NOWHERE
    return named(running[:1]), task.places.best(running[0].stack)


def _nothing_returned(result: Result, task: Task) -> str | None:
    """The check's program can't go on with a None that the solution returned."""
    error = result.error
    if error is None or "NoneType" not in text_of(error):
        return None
    if any(task.places.is_own(where) for where in places_of(error.__traceback__)):
        return None
    if _returns_a_value(task):
        return f"Did {task.name} return nothing (None)?"
    return f"{task.name} returns nothing (None): it has no return with a value"


def _returns_a_value(task: Task) -> bool:
    """Whether the solution has a `return` that isn't `return None`."""
    for fn in functions_in(task.solution):
        before = ""
        for one in dis.get_instructions(fn.__code__):
            if one.opname == "RETURN_VALUE" and before != "LOAD_CONST None":
                return True
            if one.opname == "RETURN_CONST" and one.argval is not None:
                return True
            before = f"{one.opname} {one.argval}"
    return False
