"""The words that a program says to the runtime: go, panic, work, and Go's package runtime."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from sys import _getframe as getframe
from types import FrameType, FunctionType
from typing import Any, NoReturn

from greenlet import getcurrent

from ..errors import FatalError, Panic
from .clock import to_ns
from .event import GO, GOSCHED, WORK, Tape, current, enter, tell, watching
from .goroutine import Goroutine, GoroutineInfo, function_name, info_of
from .naming import checked_name
from .scheduler import Scheduler
from .source import instruction

GENERATING = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


def running_goroutine(what: str) -> Goroutine:
    """The goroutine that calls.

    Raises RuntimeError outside a run.
    """
    goroutine = current()
    if goroutine is None:
        raise RuntimeError(
            f"{what} needs a running program: call it inside run(...) or record(...)"
        )
    return goroutine


def go(fn: Callable[..., Any], /, *args: Any, name: str | None = None, **kwargs: Any) -> Goroutine:
    """Starts `fn(*args, **kwargs)` as a goroutine of the running program.

    The arguments are evaluated now, the function runs later. `name` is what pictures and reports
    call the goroutine; it is the function's own name unless given.

    Raises TypeError for what can't be called and for generators and coroutines, RuntimeError
    outside a run; `go(None)` is Go's fatal error "go of nil func value".

    Source: Go specification, "Go statements".
    """
    try:
        creator: Goroutine = getcurrent().goroutine
    except AttributeError:
        creator = running_goroutine("go")
    run = creator.run
    tape: Tape | None = run.plain_tape or run.begin(GO) if watching.on else None
    if fn is not run.checked:  # a loop starts the same function again and again
        _check(creator, fn)
        run.checked = fn
    if name is not None:
        checked_name(name)
    at = getframe(1)
    goroutine = run.go(fn, args, kwargs, creator.id, at.f_code, at.f_lasti)
    goroutine.given_name = name
    if tape is not None:
        tape += (GO, goroutine, None, at.f_code, at.f_lasti)
    return goroutine


def spawn(
    creator: Goroutine,
    at: FrameType | None,
    fn: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    *,
    name_of: Callable[..., Any] | None = None,
) -> Goroutine:
    """Starts `fn(*args, **kwargs)` for a word other than `go`; `at` is the student's line.

    The goroutine is named after `name_of`, the student's function if `fn` is one of gochan's.
    """
    goroutine = creator.run.go(fn, args, kwargs, creator.id, *instruction(at))
    goroutine.given_name = function_name(name_of or fn)
    if watching.on:
        tell(GO, goroutine)
    return goroutine


def check_spawned(run: Scheduler, fn: Any, what: str) -> None:
    """`check_function`, once for a function that a loop starts again and again."""
    if fn is not run.checked:
        check_function(fn, what)
        run.checked = fn


def _check(creator: Goroutine, fn: Any) -> None:
    if fn is None:
        creator.run.fatal(creator, "go of nil func value")
    check_function(fn, "go takes a function and its arguments")


def check_function(fn: Any, what: str) -> None:
    """Raises TypeError, `what` and what was given instead, for what can't be a goroutine's."""
    if not callable(fn):
        raise TypeError(f"{what}, not {fn!r}")
    refuse_generators(fn)


def refuse_generators(fn: Callable[..., Any]) -> None:
    """Raises TypeError for functions that would only make a generator or a coroutine."""
    if isinstance(fn, FunctionType) and not fn.__code__.co_flags & GENERATING:
        return  # nearly all are
    called = inspect.getattr_static(type(fn), "__call__", None)  # what calling an object calls
    name = function_name(getattr(fn, "func", fn))  # a partial has no name of its own
    if any(map(_is_async, (fn, called))):
        raise TypeError(f"{name} is an async function: a goroutine is a plain def, without await")
    if any(map(inspect.isgeneratorfunction, (fn, called))):
        raise TypeError(f"{name} is a generator: a goroutine sends on a channel, it doesn't yield")


def _is_async(fn: Any) -> bool:
    return inspect.iscoroutinefunction(fn) or inspect.isasyncgenfunction(fn)


def panic(value: object = None) -> NoReturn:
    """Panics: ends the program unless the goroutine catches the `Panic`, as Go's recover does.

    Source: Go specification, "Handling panics".
    """
    raise Panic(value)


def work(seconds: float) -> None:
    """Occupies one of the program's processors for `seconds` of program time.

    More work than processors is shared in slices of 10 ms, round robin. Sleeping occupies none.
    """
    if watching.on:
        enter(WORK)
    goroutine = running_goroutine("work")
    duration = to_ns(seconds)
    if duration > 0:
        goroutine.run.processors.work(goroutine, duration)
    else:
        goroutine.run.poll(goroutine)


def gosched() -> None:
    """Lets the others run first; the caller goes to the end of the queue."""
    if watching.on:
        enter(GOSCHED)
    goroutine = running_goroutine("runtime.gosched")
    if not goroutine.run.poll(goroutine):
        goroutine.run.stand_back(goroutine)


def num_goroutine() -> int:
    """How many goroutines exist now, main included; 0 outside a run."""
    goroutine = current()
    if goroutine is None:
        return 0
    goroutine.run.look_around(goroutine)
    return goroutine.run.started - goroutine.run.ended


def goroutines() -> list[GoroutineInfo]:
    """What every goroutine of the running program is doing, goroutine 1 first."""
    caller = running_goroutine("runtime.goroutines")
    caller.run.look_around(caller, "states")
    return [_info(goroutine, caller) for goroutine in caller.run.alive()]


def stack(all: bool = False) -> str:  # noqa: A002 - Go's word for it
    """The calling goroutine's stack as Go prints it; with `all`, every goroutine's (debug=2)."""
    caller = running_goroutine("runtime.stack")
    caller.run.look_around(caller, "states")
    others = [one for one in caller.run.alive() if one is not caller]
    shown = [caller, *others] if all else [caller]
    return "\n\n".join(_info(goroutine, caller).dump() for goroutine in shown) + "\n"


def _info(goroutine: Goroutine, caller: Goroutine) -> GoroutineInfo:
    return info_of(goroutine, getframe(1) if goroutine is caller else None)


def procs() -> int:
    """How many processors `work` can occupy at once: GOMAXPROCS."""
    return running_goroutine("runtime.procs").run.processors.count


def throw(text: str) -> None:
    """Go's fatal error: ends the run from outside; outside a run it is raised at once."""
    goroutine = current()
    if goroutine is None:
        raise FatalError(f"fatal error: {text}")
    goroutine.run.fatal(goroutine, text)


def current_run() -> Scheduler | None:
    """The run that the caller is part of, None outside one."""
    goroutine = current()
    return goroutine.run if goroutine is not None else None
