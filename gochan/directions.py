"""One direction of a channel: the types that a function asks for, and the views that hold to them.

Source: Go specification, "Channel types".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Protocol, TypeVar

if TYPE_CHECKING:
    from typing_extensions import TypeVar as TypeVarWithDefault

    from .channel import Chan

    T = TypeVarWithDefault("T", default=Any)  # Chan() and Chan(3) are Chan[Any]
else:
    T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
T_contra = TypeVar("T_contra", contravariant=True)


class SendChan(Protocol[T_contra]):
    """The type `chan<- T`: what a function asks for that only sends. Every channel is one."""

    @property
    def name(self) -> str | None:
        """What pictures and reports call it."""

    def send(self, value: T_contra, /) -> None:
        """Sends a value."""

    def close(self) -> None:
        """Closes the channel."""

    def __len__(self) -> int: ...

    @property
    def cap(self) -> int:
        """The capacity of the buffer."""


class RecvChan(Protocol[T_co]):
    """The type `<-chan T`: what a function asks for that only receives. Every channel is one."""

    @property
    def name(self) -> str | None:
        """What pictures and reports call it."""

    def recv(self) -> T_co:
        """Receives a value."""

    def recv_ok(self) -> tuple[T_co, bool]:
        """Receives a value, and whether it was sent: false once closed and drained."""

    def __iter__(self) -> Iterator[T_co]: ...

    def __len__(self) -> int: ...

    @property
    def cap(self) -> int:
        """The capacity of the buffer."""


class View(Generic[T]):
    """One direction of a channel; it equals its channel and hashes like it."""

    __slots__ = ("channel",)

    arrow: str  # the direction in Go's notation

    def __init__(self, channel: Chan[T]) -> None:
        self.channel = channel

    @property
    def name(self) -> str | None:
        """The channel's."""
        return self.channel.name

    @property
    def cap(self) -> int:
        """The capacity of the channel's buffer."""
        return self.channel.cap

    def __len__(self) -> int:
        return len(self.channel)

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return self.channel is (other.channel if isinstance(other, View) else other)

    def __hash__(self) -> int:
        return hash(self.channel)

    def type_name(self) -> str:
        """The type in Go's notation: `<-chan int`."""
        return self.channel.type_name(self.arrow)

    def __repr__(self) -> str:
        return f"<{self.type_name()} {self.name or 'channel'} {self.channel.filled()}/{self.cap}>"

    def _check_send(self) -> None:
        """Raises TypeError if this end only receives."""

    def _check_recv(self) -> None:
        """Raises TypeError if this end only sends."""


class SendView(View[T]):
    """The view that can only send and close."""

    __slots__ = ("close", "send")

    arrow = "chan<-"

    def __init__(self, channel: Chan[T]) -> None:
        super().__init__(channel)
        self.send = channel.send
        self.close = channel.close

    def send_only(self) -> SendChan[T]:
        """The view itself."""
        return self

    def _check_recv(self) -> NoReturn:
        refuse("cannot receive from send-only channel", self)

    def recv(self) -> NoReturn:
        """Raises TypeError: this end only sends."""
        self._check_recv()

    recv_ok = recv

    def __iter__(self) -> NoReturn:
        kind = self.type_name()
        raise TypeError(
            f"cannot range over {self.name or 'channel'} (variable of type {kind}): "
            f"receive from send-only channel {kind}"
        )

    def recv_only(self) -> NoReturn:
        """Raises TypeError: a direction can't be turned round."""
        refuse_turning(self, self.channel.type_name("<-chan"))


class RecvView(View[T]):
    """The view that can only receive."""

    __slots__ = ("recv", "recv_ok")

    arrow = "<-chan"

    def __init__(self, channel: Chan[T]) -> None:
        super().__init__(channel)
        self.recv = channel.recv
        self.recv_ok = channel.recv_ok

    def __iter__(self) -> Iterator[T]:
        return iter(self.channel)

    def recv_only(self) -> RecvChan[T]:
        """The view itself."""
        return self

    def _check_send(self) -> NoReturn:
        refuse("cannot send to receive-only channel", self)

    def send(self, value: T, /) -> NoReturn:
        """Raises TypeError: this end only receives."""
        self._check_send()

    def close(self) -> NoReturn:
        """Raises TypeError: only the sending side closes."""
        refuse("cannot close receive-only channel", self)

    def send_only(self) -> NoReturn:
        """Raises TypeError: a direction can't be turned round."""
        refuse_turning(self, self.channel.type_name("chan<-"))


def refuse(what: str, end: Any) -> NoReturn:
    """The compiler's sentence, which Python can only say when the line is reached."""
    kind = end.type_name()
    name = end.name or "channel"
    raise TypeError(f"invalid operation: {what} {kind} {name} (variable of type {kind})")


def refuse_turning(end: Any, other: str) -> NoReturn:
    """What the compiler says when a directional channel is used as one of the `other` type."""
    kind = end.type_name()
    name = end.name or "channel"
    raise TypeError(f"cannot use {name} (variable of type {kind}) as {other} value in assignment")
