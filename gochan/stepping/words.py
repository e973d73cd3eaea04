"""What a goroutine is about to do, and why it can't, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..analysis.explore.operation import WHOLE, Operation
from ..analysis.explore.touch import START
from ..analysis.explore.walker import TICK
from ..channel import nil
from ..runtime import event as kinds
from ..selecting import Case, default
from ..sync import RWMutex, WaitGroup
from ..time import TimerChan

NameOf = Callable[[Any], str]

DEEDS = {
    kinds.SEND: "send {value} on {thing}",
    kinds.RECV: "receive from {thing}",
    kinds.CLOSE: "close {thing}",
    kinds.LEN: "look how full {thing} is",
    kinds.LOCK: "lock {thing}",
    kinds.UNLOCK: "unlock {thing}",
    kinds.TRY_LOCK: "try to lock {thing}",
    kinds.RLOCK: "read-lock {thing}",
    kinds.RUNLOCK: "read-unlock {thing}",
    kinds.TRY_RLOCK: "try to read-lock {thing}",
    kinds.ADD: "add to {thing}",
    kinds.WAIT: "wait for {thing}",
    kinds.DO: "do {thing}, if nobody has",
    kinds.DONE: "have done {thing}",
    kinds.SIGNAL: "signal {thing}",
    kinds.BROADCAST: "broadcast on {thing}",
    kinds.LOAD: "load {thing}",
    kinds.STORE: "store {value} in {thing}",
    kinds.SWAP: "swap {thing}",
    kinds.TRY_SWAP: "compare and swap {thing}",
    kinds.DELETE: "delete from {thing}",
    kinds.CLEAR: "clear {thing}",
    kinds.RANGE: "go through {thing}",
    kinds.READ: "read {thing}",
    kinds.WRITE: "write {value} to {thing}",
    kinds.LOOK: "go into the map {thing} to read",
    kinds.CHANGE: "go into the map {thing} to write",
    kinds.LEAVE: "come out of the map {thing}",
    kinds.CANCEL: "cancel {thing}",
    kinds.ERR: "look whether {thing} is cancelled",
    kinds.DERIVE: "derive a context",
    kinds.SET: "set a timer",
    kinds.STOP: "stop a timer",
    kinds.SLEEP: "go to sleep",
    kinds.WORK: "work",
    kinds.GOSCHED: "let the others go first",
    kinds.GOROUTINES: "look who is there",
    kinds.GO: "start a goroutine",
    kinds.END: "return",
    kinds.EXIT: "return, which ends the program",
    kinds.CRASH: "panic, which ends the program",
    START: "begin",
    "retry": "try {thing} again",
    TICK: "let the time pass, until the next timer fires",
}


def deed(operation: Operation, case: int, name_of: NameOf, value: str | None, goes: bool) -> str:
    """What it would do: `send 3 on results`; with the case it would take, if it is a select."""
    if operation.kind == kinds.SELECT:
        return _select(operation, case, name_of)
    thing = name_of(operation.things[0]) if operation.things else ""
    if not goes and operation.kind in (kinds.SEND, kinds.RECV):
        word = "send on" if operation.kind == kinds.SEND else "receive from"
        return f"stand ready to {word} {thing}"
    if operation.kind == kinds.ADD and isinstance(operation.things[0], WaitGroup):
        delta = operation.things[1]
        return f"count {thing} down" if delta == -1 else f"add {delta} to {thing}"
    if operation.kind == kinds.WAIT and not isinstance(operation.things[0], WaitGroup):
        return f"wait for a signal on {thing}"
    text = DEEDS.get(operation.kind, operation.kind)
    if not value:
        text = text.replace("{value} ", "")
    return text.format(thing=thing, value=value)


def _select(operation: Operation, case: int, name_of: NameOf) -> str:
    cases = operation.things
    if case != WHOLE:
        return f"select: {_case(cases[case], name_of)}"
    if default in cases:
        return "select: take default"
    return f"select: wait to {' or '.join(_case(one, name_of) for one in cases)}"


def _case(case: Any, name_of: NameOf) -> str:
    if type(case) is not Case:
        return "take default"
    name = name_of(case.channel)
    return f"receive from {name}" if case.direction == "recv" else f"send {case.value!r} on {name}"


def reason(operation: Operation) -> str:
    """Go's word for the wait that the operation would come to."""
    thing = operation.things[0] if operation.things else None
    if operation.kind == kinds.WAIT:
        return "sync.WaitGroup.Wait" if isinstance(thing, WaitGroup) else "sync.Cond.Wait"
    if operation.kind == kinds.LOCK and isinstance(thing, RWMutex):
        return "sync.RWMutex.Lock"
    return {
        kinds.SEND: "chan send",
        kinds.RECV: "chan receive",
        kinds.SELECT: "select",
        kinds.LOCK: "sync.Mutex.Lock",
        kinds.DO: "sync.Mutex.Lock",
        kinds.RLOCK: "sync.RWMutex.RLock",
    }.get(operation.kind, operation.kind)


def things_of(operation: Operation, name_of: NameOf) -> str:
    """What it waits on: a name, or the cases of a select in Go's notation."""
    if operation.kind != kinds.SELECT:
        return name_of(operation.things[0]) if operation.things else ""
    return names_of_cases([one for one in operation.things if type(one) is Case], name_of)


def names_of_cases(cases: Iterable[Any], name_of: NameOf) -> str:
    """`<-done, jobs<-`."""
    names = [(one.direction, name_of(one.channel)) for one in cases]
    return ", ".join(f"<-{name}" if way == "recv" else f"{name}<-" for way, name in names)


def obstacle(operation: Operation, name_of: NameOf, holder: Callable[[str], str | None]) -> str:
    """Why the operation can't be done now; `it` is what it would be done to."""
    thing = operation.things[0] if operation.things else None
    name = name_of(thing) if operation.kind != kinds.SELECT else ""
    if operation.kind in (kinds.SEND, kinds.RECV):
        return _no_partner(operation.kind, thing)
    if operation.kind == kinds.SELECT:
        return "no case is ready" if operation.things else "it has no case"
    if operation.kind in (kinds.LOCK, kinds.RLOCK):
        by = holder(name)
        return f"{by} has it" if by else "it is taken"
    if isinstance(thing, WaitGroup):
        return f"it is at {thing._count}, not at zero"  # noqa: SLF001 - as in explore's rules
    if operation.kind == kinds.DO:
        return "it is being done"
    return "it has looked, and nothing has changed since"


def _no_partner(kind: str, channel: Any) -> str:
    if channel is nil:
        return "the channel is nil: this blocks for ever"
    if isinstance(channel, TimerChan):
        return "it has not fired"
    if kind == kinds.RECV:
        return "nothing is there"
    if channel.cap:
        return f"it is full ({channel.cap} of {channel.cap})"
    return "nobody is ready to receive"


PARKED = {
    "sleep": "it sleeps",
    "chan send": "it stands ready to send on {thing}",
    "chan receive": "it stands ready to receive from {thing}",
    "select": "it waits in a select on {thing}",
    "sync.Cond.Wait": "it waits for a signal on {thing}",
    "sync.WaitGroup.Wait": "it waits for {thing}",
    "sync.Mutex.Lock": "it waits to lock {thing}",
    "sync.RWMutex.Lock": "it waits to lock {thing}",
    "sync.RWMutex.RLock": "it waits to read-lock {thing}",
}


def parked(why: str, thing: str) -> str:
    """What somebody does who is parked."""
    return PARKED.get(why, "it waits [{why}] {thing}").format(why=why, thing=thing).strip()
