"""select: waits for several channels and takes one that is ready.

Three passes, as in Go: look (is a case ready? then one of the ready ones, by lot); stand in every
channel's queue; when woken, leave the other queues. So nothing polls, and a select costs nothing
while it waits.

Source: Go specification, "Select statements"; Go's runtime/select.go.
"""

# ruff: noqa: SLF001 - select works on the insides of channels, as in Go: this is their other half

from __future__ import annotations

import random
from typing import Any, Literal

from .channel import Chan, Nil, channel_of, nil
from .directions import RecvChan, SendChan, T
from .errors import Panic
from .runtime.event import DEFAULT, SELECT, current, enter, tell, watching
from .runtime.goroutine import Goroutine
from .runtime.waiting import block_for_ever, raise_deadlock
from .runtime.waitq import Waiter, WaitQueue

RECV: Literal["recv"] = "recv"
SEND: Literal["send"] = "send"


class Case:
    """One case of a select; `name` is how pictures show it, in Go's notation."""

    __slots__ = ("direction", "channel", "value")

    def __init__(self, direction: str, channel: Chan[Any], value: Any = None) -> None:
        self.direction = direction
        self.channel = channel
        self.value = value

    @property
    def name(self) -> str:
        """`<-jobs` or `jobs<-`."""
        name = self.channel.name or "channel"
        return f"<-{name}" if self.direction == RECV else f"{name}<-"

    def __repr__(self) -> str:
        value = "" if self.direction == RECV else f", {self.value!r}"
        return f"{self.direction}({self.channel.name or 'channel'}{value})"

    @property
    def home(self) -> Any:
        """The run that its channel belongs to."""
        return self.channel.home

    def ready(self) -> bool:
        """Whether it could go on at once."""
        if self.direction == RECV:
            return self.channel._can_recv()
        return self.channel._can_send()

    def _queue(self) -> WaitQueue:
        return self.channel._recvq if self.direction == RECV else self.channel._sendq

    def wait(self, waiter: Waiter) -> None:
        """Stands in the channel's queue."""
        self._queue().waiters.append(waiter)
        self.channel._select_waits()

    def leave(self) -> None:
        """Leaves the queue: another case was served."""
        self._queue().leave()
        self.channel._select_left()

    def go_on(self, index: int) -> tuple[int, Any, bool | None]:
        """Does what it is ready to do."""
        if self.direction == RECV:
            return (index, *self.channel._recv_now())
        self.channel._send_now(self.value)
        return index, None, False


class _Default:
    """The type of `default`."""

    def __repr__(self) -> str:
        return "default"

    def __reduce__(self) -> str:
        return "default"  # there is only this one, also in another process


default = _Default()


def recv(channel: RecvChan[Any] | None) -> Case:
    """The case that receives from a channel; `nil` or None is never ready.

    Raises TypeError for what is no channel, or one that only sends.
    """
    return Case(RECV, _checked(channel, RECV))


def send(channel: SendChan[T] | None, value: T) -> Case:
    """The case that sends a value; `nil` or None is never ready.

    Raises TypeError for what is no channel, or one that only receives.
    """
    return Case(SEND, _checked(channel, SEND), value)


def _checked(end: Any, direction: str) -> Chan[Any]:
    channel = channel_of(end)
    if channel is None:
        raise TypeError(f"{direction}(...) takes a channel, not {end!r}")
    if end is None:
        return channel
    if direction == RECV:
        end._check_recv()
    else:
        end._check_send()
    return channel


def select(*cases: Case | _Default) -> tuple[int, Any, bool | None]:
    """Waits until one of the cases can go on, and does it: `(index, value, ok)`.

    If several are ready, one is drawn by lot, each with the same chance. With `default` it never
    waits. Send and default give `(index, None, False)`. Without any case it blocks for ever.

    Raises TypeError for an argument that is no case and for a second `default`; Panic if the chosen
    case sends on a closed channel.
    """
    if watching.on:
        enter(SELECT, *cases)
    fallback = _fallback(cases)
    ready = [i for i, case in enumerate(cases) if type(case) is Case and case.ready()]
    goroutine = current()
    if ready:
        index = ready[0] if len(ready) == 1 else ready[_draw(goroutine, ready)]
        chosen = cases[index]
        assert isinstance(chosen, Case)
        return chosen.go_on(index)
    if fallback is not None:
        if watching.on:
            tell(DEFAULT, None, ", ".join(case.name for case in cases if type(case) is Case))
        if goroutine is not None:
            goroutine.run.poll(goroutine)
        return fallback, None, False
    return _wait(goroutine, [case for case in cases if isinstance(case, Case)])


def _fallback(cases: tuple[Any, ...]) -> int | None:
    """The index of `default`, None if there is none."""
    found = None
    for index, case in enumerate(cases):
        if type(case) is Case:
            continue
        if case is not default:
            raise TypeError(
                f"select takes recv(ch), send(ch, value) and default; argument {index} is {case!r}"
            )
        if found is not None:
            raise TypeError(f"multiple defaults in select (first at index {found})")
        found = index
    return found


_outside = random.Random(0)


def _draw(goroutine: Goroutine | None, ready: list[int]) -> int:
    if goroutine is None:
        return int(_outside.random() * len(ready))
    return goroutine.run.choose(ready)


def _wait(goroutine: Goroutine | None, cases: list[Case]) -> tuple[int, Any, bool | None]:
    """The second and third pass: stand in every queue; when woken, leave the others."""
    if not cases:
        block_for_ever("select (no cases)")
    reason = _reason(cases)
    if goroutine is None:
        raise_deadlock(reason, cases)
    waiters = []
    for index in _one_of_each(goroutine, cases):
        waiter = Waiter(goroutine, goroutine.parking, cases[index].value, index)
        cases[index].wait(waiter)
        waiters.append(waiter)
    try:
        goroutine.run.park(goroutine, reason, cases)
    finally:  # also when the run has ended: its channels may outlive it
        for waiter in waiters:
            if waiter.ok is None:
                cases[waiter.case].leave()
    fired = next(waiter for waiter in waiters if waiter.ok is not None)
    if cases[fired.case].direction == RECV:
        return fired.case, fired.value, fired.ok
    if not fired.ok:
        raise Panic("send on closed channel")
    return fired.case, None, False


def _one_of_each(goroutine: Goroutine, cases: list[Case]) -> list[int]:
    """The cases that wait. Those with the same channel and direction draw lots for one place.

    `select(send(bits, 0), send(bits, 1))` would send nothing but zeros if the first always won.
    """
    places: dict[tuple[Chan[Any], str], list[int]] = {}
    for index, case in enumerate(cases):
        if case.channel is not nil:
            places.setdefault((case.channel, case.direction), []).append(index)
    return [same[0] if len(same) == 1 else same[_draw(goroutine, same)] for same in places.values()]


def _reason(cases: list[Case]) -> str:
    """Go compiles a select with a single case to that operation alone, and waits in its name."""
    if len(cases) > 1:
        return "select"
    reason = "chan receive" if cases[0].direction == RECV else "chan send"
    return f"{reason} (nil chan)" if isinstance(cases[0].channel, Nil) else reason


__all__ = ["Case", "default", "recv", "select", "send"]
