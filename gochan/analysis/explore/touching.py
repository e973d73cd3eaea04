"""What each kind of operation touches."""

# ruff: noqa: ARG001, SLF001 - rules have one shape, and know all the primitives from the inside

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...channel import Nil
from ...context.cancelling import CancelContext, canceler_of
from ...runtime import event as kinds
from ...sync import RWMutex, WaitGroup
from ...time import TimerChan
from .operation import Operation, World
from .touch import (
    ADD,
    DO,
    DONE,
    END_DO,
    EVERYTHING,
    GOROUTINES,
    LOCK,
    OUTPUT,
    READ,
    RLOCK,
    RUNLOCK,
    SKIP,
    START,
    THE_END,
    UNLOCK,
    WAIT,
    WRITE,
    Touch,
)
from .touching_channels import close, length, select, send_or_recv, served


def _nothing(operation: Operation, world: World) -> list[Touch]:
    return []


def _mode(mode: str) -> Callable[[Operation, World], list[Touch]]:
    def rule(operation: Operation, world: World) -> list[Touch]:
        thing = operation.things[0]
        return [Touch(id(thing), mode, thing)]

    return rule


def _add(operation: Operation, world: World) -> list[Touch]:
    thing = operation.things[0]
    if not isinstance(thing, WaitGroup):
        return [Touch(id(thing), WRITE, thing)]
    if world.misuses_groups:
        return [Touch(id(thing), WRITE, thing)]
    return [Touch(id(thing), DONE if operation.things[1] < 0 else ADD, thing)]


def _wait(operation: Operation, world: World) -> list[Touch]:
    thing = operation.things[0]
    is_strict = world.misuses_groups
    mode = WAIT if isinstance(thing, WaitGroup) and not is_strict else WRITE
    return [Touch(id(thing), mode, thing)]


def _do(operation: Operation, world: World) -> list[Touch]:
    once = operation.things[0]
    return [Touch(id(once), SKIP if once._done else DO, once)]


def _rlock(operation: Operation, world: World) -> list[Touch]:
    return [Touch(id(operation.things[0]), RLOCK, operation.things[0])]


def _runlock(operation: Operation, world: World) -> list[Touch]:
    """Who unlocks what others have read-locked, or nobody, must be seen to come before them."""
    rw = operation.things[0]
    own = world.read_locks[operation.goroutine.id, id(rw)]
    return [Touch(id(rw), RUNLOCK if own > 0 else WRITE, rw)]


def _try_lock(operation: Operation, world: World) -> list[Touch]:
    lock = operation.things[0]
    if isinstance(lock, RWMutex):
        is_free = lock._readers == 0 and not lock._writers._starving
    else:
        is_free = not (lock._locked or lock._starving)
    return [Touch(id(lock), WRITE if is_free else READ, lock)]


def _try_rlock(operation: Operation, world: World) -> list[Touch]:
    lock = operation.things[0]
    return [Touch(id(lock), WRITE if lock._readers >= 0 else READ, lock)]


def _try_swap(operation: Operation, world: World) -> list[Touch]:
    thing, old = operation.things
    return [Touch(id(thing), WRITE if thing._same(thing._value, old) else READ, thing)]


def _map_look(operation: Operation, world: World) -> list[Touch]:
    return _in_map(operation.things[0], READ)


def _map_change(operation: Operation, world: World) -> list[Touch]:
    return _in_map(operation.things[0], WRITE)


def _map_leave(operation: Operation, world: World) -> list[Touch]:
    return _in_map(operation.things[0], WRITE if operation.things[1] == "write" else READ)


def _in_map(var: Any, mode: str) -> list[Touch]:
    return [Touch(id(var), READ, var), Touch(("map", id(var)), mode, var)]


def _context(mode: str) -> Callable[[Operation, World], list[Touch]]:
    def rule(operation: Operation, world: World) -> list[Touch]:
        context = _cancelled_with(operation.things[0])
        if context is None:
            return []
        touches = [Touch(id(_root(context)), mode, context)]
        if operation.kind == kinds.CANCEL:
            for one in context._family():
                one.done()  # so that there is a channel, by which others can be seen to look at it
                assert one._done is not None
                channel = one._done[0]
                touches.append(Touch(id(channel), WRITE, channel))
                for waiter in channel._recvq.waiters:
                    touches += served(channel, waiter, WRITE)
        return touches

    return rule


def _cancelled_with(context: Any) -> CancelContext | None:
    return context if isinstance(context, CancelContext) else canceler_of(context)


def _root(context: CancelContext) -> CancelContext:
    """The eldest of the family: cancelling any of them may cancel any other."""
    above = canceler_of(context._parent)
    while above is not None:
        context, above = above, canceler_of(above._parent)
    return context


def _derive(operation: Operation, world: World) -> list[Touch]:
    return _context(WRITE)(operation, world) if operation.things[0] is not None else []


def _set(operation: Operation, world: World) -> list[Touch]:
    """A new timer is nobody else's yet; `context.after_func` hangs itself under a context."""
    if not operation.things:
        return []
    if isinstance(operation.things[0], (TimerChan, Nil)) or not _is_context(operation.things[0]):
        return [Touch(id(operation.things[0]), WRITE, operation.things[0])]
    return _context(WRITE)(operation, world)


def _is_context(thing: Any) -> bool:
    return hasattr(thing, "done") and hasattr(thing, "err")


def _stop(operation: Operation, world: World) -> list[Touch]:
    if _is_context(operation.things[0]):
        return _context(WRITE)(operation, world)
    return [Touch(id(operation.things[0]), WRITE, operation.things[0])]


def _crash(operation: Operation, world: World) -> list[Touch]:
    return [Touch(THE_END if world.main_has_returned else EVERYTHING, WRITE)]


def _exit(operation: Operation, world: World) -> list[Touch]:
    touches = [Touch(THE_END, WRITE)]
    if world.looks_at_output:
        touches += [Touch(OUTPUT, READ), Touch(GOROUTINES, READ)]
    return touches


def _comes_or_goes(operation: Operation, world: World) -> list[Touch]:
    looked_at = world.looks_at_goroutines or world.looks_at_output
    return [Touch(GOROUTINES, START)] if looked_at else []


def _look_around(operation: Operation, world: World) -> list[Touch]:
    return [Touch(GOROUTINES, READ)]


def _processors(operation: Operation, world: World) -> list[Touch]:
    return [Touch("processors", WRITE)]


RULES: dict[str, Callable[[Operation, World], list[Touch]]] = {
    kinds.SEND: send_or_recv,
    kinds.RECV: send_or_recv,
    kinds.SELECT: select,
    kinds.CLOSE: close,
    kinds.LEN: length,
    kinds.LOCK: _mode(LOCK),
    kinds.UNLOCK: _mode(UNLOCK),
    kinds.RLOCK: _rlock,
    kinds.RUNLOCK: _runlock,
    kinds.TRY_LOCK: _try_lock,
    kinds.TRY_RLOCK: _try_rlock,
    kinds.TRY_SWAP: _try_swap,
    kinds.ADD: _add,
    kinds.WAIT: _wait,
    kinds.DO: _do,
    kinds.DONE: _mode(END_DO),
    kinds.LOAD: _mode(READ),
    kinds.RANGE: _mode(READ),
    kinds.READ: _mode(READ),
    kinds.LOOK: _map_look,
    kinds.CHANGE: _map_change,
    kinds.LEAVE: _map_leave,
    kinds.ERR: _context(READ),
    kinds.CANCEL: _context(WRITE),
    kinds.DERIVE: _derive,
    kinds.SET: _set,
    kinds.STOP: _stop,
    kinds.SLEEP: _nothing,
    kinds.GOSCHED: _nothing,
    kinds.WORK: _processors,
    kinds.GO: _comes_or_goes,
    kinds.END: _comes_or_goes,
    kinds.GOROUTINES: _look_around,
    kinds.EXIT: _exit,
    kinds.CRASH: _crash,
    START: _nothing,
}

CHANGING = {  # what these touch depends on what others do meanwhile
    kinds.SEND,
    kinds.RECV,
    kinds.SELECT,
    kinds.CLOSE,
    kinds.RUNLOCK,
    kinds.TRY_LOCK,
    kinds.TRY_RLOCK,
    kinds.TRY_SWAP,
    kinds.DO,
    kinds.ERR,
    kinds.CANCEL,
    kinds.DERIVE,
    kinds.SET,
    kinds.STOP,
    kinds.CRASH,
}


def touches_of(operation: Operation, world: World) -> list[Touch]:
    """What an operation would touch now."""
    if operation.touches is not None:
        return operation.touches
    rule = RULES.get(operation.kind)
    if rule is None:
        touches = [Touch(id(thing), WRITE, thing) for thing in operation.things]
    else:
        touches = rule(operation, world)
    if operation.kind not in CHANGING:
        operation.touches = touches
    return touches
