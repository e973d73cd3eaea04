"""Channels.

Always true:
- At least one of the two wait queues holds no live waiter, but for a select that waits to send and
  to receive on the same channel.
- On a buffered channel nobody waits to receive while the buffer holds a value, and nobody waits to
  send while it has room.
- A closed channel has no waiters: closing wakes them all.
- Values leave in the order in which they were sent.

`send` and `recv` have their quick ways written out, because they are what most programs spend their
time on. What they do is said in fewer lines by `_send`, `_recv` and `wait_in`: read those first.

Source: Go's runtime/chan.go; Go specification, "Channel types".
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from operator import index
from sys import _getframe as getframe
from typing import Any, Generic, NoReturn, Self

from greenlet import getcurrent

from .directions import RecvChan, RecvView, SendChan, SendView, T, View
from .errors import Panic
from .runtime.event import (
    CLOSE,
    ENTER,
    LEN,
    READY,
    RECV,
    RECV_CLOSED,
    SEND,
    SEND_CLOSED,
    Tape,
    current,
    enter,
    home_of_new,
    tell,
    tell_of,
    watching,
)
from .runtime.naming import given_or_assigned
from .runtime.shown import kept
from .runtime.waiting import block_for_ever, raise_deadlock, wait_in, wake
from .runtime.waitq import Waiter, WaitQueue

TOO_LARGE = 2**48 // 8  # Go's addresses have 48 bits, and a value takes 8 bytes
ZERO_VALUES: dict[Any, Any] = {
    int: 0,
    float: 0.0,
    complex: 0j,
    bool: False,
    str: "",
    bytes: b"",
}


class Chan(Generic[T]):
    """A channel: `Chan[int](3)`, `Chan(3)`, `Chan[str]()`, `Chan()`.

    Parameters
    ----------
    capacity
        How many values the buffer holds; 0 means unbuffered: sender and receiver meet.
    name
        What pictures and reports call it; by default the variable that it is assigned to.

    Raises Panic for a negative or absurd capacity, TypeError for one that is no whole number.

    Source: Go specification, "Making slices, maps and channels".
    """

    __slots__ = (
        "_cap",
        "_buffer",
        "_recvq",
        "_sendq",
        "_receivers",
        "_senders",
        "_room",
        "_closed",
        "home",
        "name",
        "__orig_class__",
    )

    def __init__(self, capacity: int = 0, name: str | None = None) -> None:
        if isinstance(capacity, bool) or not hasattr(capacity, "__index__"):
            raise TypeError(f"a channel's capacity is a whole number, not {capacity!r}")
        capacity = index(capacity)
        if not 0 <= capacity < TOO_LARGE:
            raise Panic("makechan: size out of range")
        self._cap = capacity
        self._buffer: deque[T] = deque()
        self._recvq = WaitQueue()
        self._sendq = WaitQueue()
        self._receivers = self._recvq.waiters
        self._senders = self._sendq.waiters
        self._room = capacity  # and none once it is closed
        self._closed = False
        self.home = home_of_new()
        self.name = given_or_assigned(name, "Chan")

    # -- the two operations: at once if it can be done at once, else wait --------------------------

    def send(self, value: T, /) -> None:  # noqa: C901, PLR0912, PLR0915 - its quick ways
        """Sends a value; blocks until there is room in the buffer, or a receiver.

        Raises Panic on a closed channel, also when it is closed while the sender waits.

        Source: Go specification, "Send statements"; runtime/chan.go, chansend.
        """
        tape: Tape | None = (
            self.home.plain_tape or self.home.begin(SEND, self) if watching.on else None
        )
        waiters = self._receivers
        if waiters:
            receiver = waiters.popleft()
            goroutine = receiver.goroutine
            parking = receiver.parking
            if parking is None or parking == goroutine.parking:
                receiver.value = value
                receiver.ok = True
                if parking is not None:
                    goroutine.parking += 1
                goroutine.reason = None
                goroutine.run.queue.append(goroutine)
                if tape is not None:
                    at = getframe(1)
                    seen = value if type(value) is int else kept(value)
                    tape += (SEND, self, seen, at.f_code, at.f_lasti)
                    tape += (RECV, self, seen, None, goroutine)
                    tape += (READY, goroutine, None, None, None)
                return
            self._recvq.stale -= 1  # it was a select's that has gone on elsewhere
        elif len(self._buffer) < self._room:
            self._buffer.append(value)
            if tape is not None:
                at = getframe(1)
                seen = value if type(value) is int else kept(value)
                tape += (SEND, self, seen, at.f_code, at.f_lasti)
            return
        elif not self._closed:
            try:
                goroutine = getcurrent().goroutine
            except AttributeError:
                raise_deadlock("chan send", self)
            run = goroutine.run
            waiter = goroutine.waiter
            if tape is None and waiter is not None and run.queue and not run.has_choice:
                waiter.value = value
                self._senders.append(waiter)
                goroutine.reason = "chan send"
                goroutine.waiting_on = self
                goroutine.polls = 0
                following = run.queue.popleft()
                resume = following.resume
                try:
                    if resume is None:
                        run.start(following)
                    else:
                        resume()
                except BaseException:
                    self._sendq.lose(waiter)
                    raise
            else:
                if tape is not None:
                    at = getframe(1)
                    tape += (ENTER, None, None, at.f_code, at.f_lasti)
                waiter = wait_in(self._sendq, "chan send", self, value)
            if not waiter.ok:
                raise Panic("send on closed channel")
            return
        if tape is not None:
            at = getframe(1)
            tape += (ENTER, None, None, at.f_code, at.f_lasti)
        self._send(value)

    def recv(self) -> T:  # noqa: C901, PLR0912, PLR0915 - its quick ways
        """Receives a value; blocks until there is one. The zero value once closed and drained.

        Source: Go specification, "Receive operator"; runtime/chan.go, chanrecv.
        """
        tape: Tape | None = (
            self.home.plain_tape or self.home.begin(RECV, self) if watching.on else None
        )
        waiters = self._senders
        if self._buffer:
            if not waiters:
                value = self._buffer.popleft()
                if tape is not None:
                    at = getframe(1)
                    seen = value if type(value) is int else kept(value)
                    tape += (RECV, self, seen, at.f_code, at.f_lasti)
                return value
        elif waiters:
            sender = waiters.popleft()
            goroutine = sender.goroutine
            parking = sender.parking
            if parking is None or parking == goroutine.parking:
                value = sender.value
                sender.ok = True
                if parking is not None:
                    goroutine.parking += 1
                goroutine.reason = None
                goroutine.run.queue.append(goroutine)
                if tape is not None:
                    at = getframe(1)
                    seen = value if type(value) is int else kept(value)
                    tape += (ENTER, None, None, at.f_code, at.f_lasti)
                    tape += (SEND, self, seen, None, goroutine)
                    tape += (RECV, self, seen, None, None)
                    tape += (READY, goroutine, None, None, None)
                return value
            self._sendq.stale -= 1  # it was a select's that has gone on elsewhere
        elif not self._closed:
            try:
                goroutine = getcurrent().goroutine
            except AttributeError:
                raise_deadlock("chan receive", self)
            run = goroutine.run
            waiter = goroutine.waiter
            if tape is None and waiter is not None and run.queue and not run.has_choice:
                waiter.value = None
                self._receivers.append(waiter)
                goroutine.reason = "chan receive"
                goroutine.waiting_on = self
                goroutine.polls = 0
                following = run.queue.popleft()
                resume = following.resume
                try:
                    if resume is None:
                        run.start(following)
                    else:
                        resume()
                except BaseException:
                    self._recvq.lose(waiter)
                    raise
            else:
                if tape is not None:
                    at = getframe(1)
                    tape += (ENTER, None, None, at.f_code, at.f_lasti)
                waiter = wait_in(self._recvq, "chan receive", self)
            return waiter.value  # type: ignore[no-any-return]
        if tape is not None:
            at = getframe(1)
            tape += (ENTER, None, None, at.f_code, at.f_lasti)
        return self._recv()[0]

    def recv_ok(self) -> tuple[T, bool]:
        """Receives a value and true; the zero value and false once closed and drained."""
        if watching.on:
            enter(RECV, self)
        return self._recv()

    def close(self) -> None:
        """Closes the channel: receivers drain the buffer and then get zero values.

        Waiting receivers get theirs at once, waiting senders panic.

        Raises Panic if it is closed already.

        Source: Go specification, "Close"; runtime/chan.go, closechan.
        """
        if watching.on:
            enter(CLOSE, self)
        if self._closed:
            raise Panic("close of closed channel")
        if watching.on:
            tell(CLOSE, self)
        self._shut()

    def __iter__(self) -> Iterator[T]:
        """Receives until the channel is closed and drained: `for v in ch`."""
        while True:
            if watching.on or self._closed:
                value, ok = self.recv_ok()
            else:
                value = self.recv()
                ok = self._room >= 0 or getcurrent().goroutine.waiter.ok  # closed while it waited?
            if not ok:
                return
            yield value

    # -- their parts, which select uses too --------------------------------------------------------

    def _send(self, value: T) -> None:
        if self._can_send():
            self._send_now(value)
        elif not wait_in(self._sendq, "chan send", self, value).ok:
            raise Panic("send on closed channel")

    def _shut(self) -> None:
        """Is closed from now on, and serves all who wait; a context does the same to its `done`."""
        self._closed = True
        self._room = -1
        while (receiver := self._recvq.take()) is not None:
            if watching.on:
                tell_of(receiver.goroutine, RECV_CLOSED, self, self._zero())
            wake(receiver, self._zero(), False)
        while (sender := self._sendq.take()) is not None:
            wake(sender, None, False)

    def _can_send(self) -> bool:
        return self._closed or len(self._buffer) < self._cap or self._recvq.first() is not None

    def _send_now(self, value: T) -> None:
        if self._closed:
            if watching.on:
                tell(SEND_CLOSED, self)
            raise Panic("send on closed channel")
        receiver = self._recvq.take()
        if receiver is None:
            self._buffer.append(value)
            if watching.on:
                tell(SEND, self, value)
            return
        if watching.on:
            tell(SEND, self, value)
            tell_of(receiver.goroutine, RECV, self, value)
        wake(receiver, value, True)

    def _recv(self) -> tuple[T, bool]:
        if self._can_recv():
            return self._recv_now()
        waiter = wait_in(self._recvq, "chan receive", self)
        return waiter.value, bool(waiter.ok)

    def _can_recv(self) -> bool:
        return bool(self._buffer) or self._closed or self._sendq.first() is not None

    def _recv_now(self) -> tuple[T, bool]:
        sender = self._sendq.take()
        if self._buffer:
            value = self._buffer.popleft()
            if watching.on:
                tell(RECV, self, value)
            if sender is not None:  # there is room now: the first in the queue moves up
                self._buffer.append(sender.value)
                self._sent(sender)
            return value, True
        if sender is not None:
            value = sender.value
            if watching.on:
                tell_of(sender.goroutine, SEND, self, value)
                tell(RECV, self, value)
            wake(sender, None, True)
            return value, True
        if watching.on:
            tell(RECV_CLOSED, self, self._zero())
        goroutine = current()
        if goroutine is not None:
            goroutine.run.poll(goroutine)  # this can go on for ever, and so others get a turn
        return self._zero(), False

    def _sent(self, sender: Waiter) -> None:
        if watching.on:
            tell_of(sender.goroutine, SEND, self, sender.value)
        wake(sender, None, True)

    def _check_send(self) -> None:
        """Raises TypeError if this end only receives."""

    def _check_recv(self) -> None:
        """Raises TypeError if this end only sends."""

    def _select_waits(self) -> None:
        """A select stands in a queue of this channel."""

    def _select_left(self) -> None:
        """A select no longer stands in a queue of this channel."""

    def _zero(self) -> Any:
        element = getattr(self, "__orig_class__", None)
        return ZERO_VALUES.get(element.__args__[0]) if element is not None else None

    # -- what can be asked of it -------------------------------------------------------------------

    @property
    def cap(self) -> int:
        """The capacity of the buffer."""
        return self._cap

    def __len__(self) -> int:
        """How many values the buffer holds; waiting senders don't count."""
        if watching.on:
            enter(LEN, self)
        goroutine = current()
        if goroutine is not None:
            goroutine.run.poll(goroutine)
        return len(self._buffer)

    def filled(self) -> int:
        """The same for gochan's own use: not a step of the program."""
        return len(self._buffer)

    def __bool__(self) -> bool:
        return True  # an empty channel is a channel

    def __copy__(self) -> Self:
        """The channel itself: as in Go, who copies a struct has the same channel in both."""
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __repr__(self) -> str:
        return f"<{self.type_name()} {self.name or 'channel'} {self.filled()}/{self.cap}>"

    def type_name(self, arrow: str = "chan") -> str:
        """The type in Go's notation: `chan int`."""
        element = getattr(self, "__orig_class__", None)
        if element is None:
            return arrow
        kind = element.__args__[0]
        return f"{arrow} {getattr(kind, '__name__', kind)}"

    def send_only(self) -> SendChan[T]:
        """A view of the channel that can only send and close: `chan<- T`."""
        return SendView(self)

    def recv_only(self) -> RecvChan[T]:
        """A view of the channel that can only receive: `<-chan T`."""
        return RecvView(self)


class Nil(Chan[Any]):
    """The nil channel: nobody is ever served, and in a select its case is never ready.

    Source: Go specification, "Channel types", "Send statements", "Receive operator".
    """

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(0, name="nil")

    def send(self, value: Any, /) -> NoReturn:
        """Blocks for ever."""
        if watching.on:
            enter(SEND, self)
        block_for_ever("chan send (nil chan)", self)

    def recv(self) -> NoReturn:
        """Blocks for ever."""
        if watching.on:
            enter(RECV, self)
        block_for_ever("chan receive (nil chan)", self)

    recv_ok = recv

    def _can_send(self) -> bool:
        return False

    def _can_recv(self) -> bool:
        return False

    def close(self) -> None:
        """Raises Panic: there is nothing to close."""
        if watching.on:
            enter(CLOSE, self)
        raise Panic("close of nil channel")

    def __repr__(self) -> str:
        return "<nil>"

    def __reduce__(self) -> str:
        return "nil"  # there is only this one, also in another process


nil = Nil()


def channel_of(thing: object) -> Chan[Any] | None:
    """The channel itself, of a channel or a view; `nil` for None; None for anything else."""
    if isinstance(thing, Chan):
        return thing
    if isinstance(thing, View):
        return thing.channel
    return nil if thing is None else None
