"""Program time: sleep, timers and tickers, with the rules of Go 1.23 and later.

A timer channel is lazy: nothing happens at its time unless somebody waits on it. Who looks later
finds the value that was due, with the time of its firing. That is why an unread timer keeps no
program alive.

Source: Go's package time (sleep.go, tick.go); Go 1.23 release notes, "Timer changes".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from .channel import Chan, nil
from .directions import RecvChan, refuse, refuse_turning
from .errors import Panic
from .runtime.clock import FOREVER, Alarm, duration_text, to_ns
from .runtime.clock import SECOND as _SECOND
from .runtime.event import FIRE, GO, RECV, SEND, SET, SLEEP, STOP, enter, tell, tell_of, watching
from .runtime.goroutine import function_name
from .runtime.scheduler import Scheduler
from .runtime.source import caller, instruction
from .runtime.waiting import wait_in, wake
from .runtime.words import check_function, current_run, running_goroutine

NANOSECOND = 1e-9
MICROSECOND = 1e-6
MILLISECOND = 1e-3
SECOND = 1.0
MINUTE = 60.0
HOUR = 3600.0

STOPPED = "not active"  # stopped, or its value was received


def _at(when: int) -> str:
    return f"at {duration_text(when)}"


def sleep(seconds: float) -> None:
    """Blocks the calling goroutine for so many seconds of program time; at once if not positive."""
    if watching.on:
        enter(SLEEP)
    goroutine = running_goroutine("time.sleep")
    duration = to_ns(seconds)
    if duration > 0:
        goroutine.run.sleep(goroutine, duration)
    else:
        goroutine.run.poll(goroutine)


def now() -> float:
    """Seconds of program time since the program's start."""
    goroutine = running_goroutine("time.now")
    goroutine.run.glance(goroutine)
    return goroutine.run.clock.now / _SECOND


def since(moment: float) -> float:
    """Seconds of program time since `moment`, a value of `now()`."""
    return (to_ns(now()) - to_ns(moment)) / _SECOND


def check_program(run: Scheduler) -> None:
    """Raises RuntimeError if a timer belongs to another program than the one that runs here.

    Its clock stands still for good: who waits for it would wait for ever.
    """
    if current_run() is not run:
        raise RuntimeError(
            "this timer belongs to another program, which may be over: "
            "make a new one in the program that uses it"
        )


class TimerChan(Chan[float]):
    """The channel of a timer or ticker; len and cap are 0, and only the clock sends on it."""

    __slots__ = ("_run", "_when", "_period", "_alarm")

    def __init__(self, name: str) -> None:
        super().__init__(0, name)
        self._run: Scheduler = running_goroutine("a timer").run
        self._when: int | None = None
        self._period = 0
        self._alarm: Alarm | None = None

    def start(self, duration: int, period: int = 0) -> None:
        """Due in `duration` nanoseconds, and then every `period`; forgets an untaken value."""
        check_program(self._run)
        self.forget()
        self._period = period
        self._when = min(self._run.clock.now + max(0, duration), FOREVER)
        if self._recvq.first() is not None:
            self._set_alarm()

    def forget(self) -> bool:
        """Stops; whether there was anything to stop, be it a value that nobody has taken."""
        was_active = self._when is not None or bool(self._buffer)
        self._when = None
        self._buffer.clear()
        self._cancel_alarm()
        return was_active

    def _catch_up(self) -> None:
        """What came due while nobody looked: one value at the most, later ticks are dropped."""
        now = self._run.clock.now
        if self._when is None or self._when > now:
            return
        if not self._buffer:
            self._buffer.append(self._when / _SECOND)
            self._run.tell(FIRE, self)
        if self._period:
            self._when += ((now - self._when) // self._period + 1) * self._period
        else:
            self._when = None

    def state(self) -> str:
        """`at 2s`, and the period of a ticker; when it is due, or was, if its value waits."""
        if self._buffer:
            return _at(round(self._buffer[0] * _SECOND))
        if self._when is None:
            return STOPPED
        return _at(self._when) + (f" every {duration_text(self._period)}" if self._period else "")

    def _set_alarm(self) -> None:
        if self._when is None or (self._alarm is not None and self._alarm.ring is not None):
            return
        self._alarm = self._run.clock.set(self._when, self._ring)

    def _cancel_alarm(self) -> None:
        if self._alarm is not None:
            self._run.clock.cancel(self._alarm)

    def awaited_by(self) -> set[int]:
        """The goroutines that wait for it."""
        return self._recvq.goroutines()

    def _is_awaited(self) -> bool:
        return self._recvq.first() is not None

    def _ring(self) -> None:
        self._catch_up()
        reader = self._recvq.take() if self._buffer else None
        if reader is not None:
            value = self._buffer.popleft()
            self._run.tell(SEND, self, value)
            tell_of(reader.goroutine, RECV, self, value)
            wake(reader, value, True)
        if self._is_awaited():
            self._set_alarm()

    def _can_recv(self) -> bool:
        self._catch_up()
        if self._when is not None and not self._buffer:
            self._run.polling.look_for(self._when)
        return super()._can_recv()

    def _recv_now(self) -> tuple[float, bool]:
        self._run.tell(SEND, self, self._buffer[0])  # not before somebody takes it
        return super()._recv_now()

    def _select_waits(self) -> None:
        self._set_alarm()

    def _select_left(self) -> None:
        if not self._is_awaited():
            self._cancel_alarm()

    def recv(self) -> float:
        """The program time at which the timer fired."""
        return self.recv_ok()[0]

    def recv_ok(self) -> tuple[float, bool]:
        """The program time at which the timer fired, and true."""
        if watching.on:
            enter(RECV, self)
        check_program(self._run)
        if self._can_recv():
            return self._recv_now()
        self._set_alarm()
        return wait_in(self._recvq, "chan receive", self).value, True

    @property
    def cap(self) -> int:
        """Always 0."""
        return 0

    def __len__(self) -> int:
        return 0

    def type_name(self, arrow: str = "<-chan") -> str:
        """`<-chan Time`: nobody but the clock sends on it."""
        return f"{arrow} Time"

    def _check_recv(self) -> None:
        check_program(self._run)

    def _check_send(self) -> NoReturn:
        refuse("cannot send to receive-only channel", self)

    def send(self, value: float, /) -> NoReturn:
        """Raises TypeError: only the clock sends."""
        self._check_send()

    def close(self) -> NoReturn:
        """Raises TypeError: a timer's channel is never closed."""
        refuse("cannot close receive-only channel", self)

    def send_only(self) -> NoReturn:
        """Raises TypeError: only the clock sends."""
        refuse_turning(self, "chan<- Time")


class Timer:
    """Sends the time on its channel `c` once, after `seconds`.

    Source: Go's time.NewTimer.
    """

    c: RecvChan[float]

    def __init__(self, seconds: float) -> None:
        if watching.on:
            enter(SET)
        duration = to_ns(seconds)
        self._channel = TimerChan(f"timer {duration_text(duration)}")
        self.c = self._channel
        self._channel.start(duration)
        if watching.on:
            tell(SET, self._channel, duration_text(duration))

    def stop(self) -> bool:
        """Stops it; false if it had been stopped already or its value was received."""
        if watching.on:
            enter(STOP, self._channel)
            tell(STOP, self._channel)
        return self._channel.forget()

    def reset(self, seconds: float) -> bool:
        """Due again in `seconds`; true if it was active. No old value can be received any more."""
        if watching.on:
            enter(SET, self._channel)
        was_active = self._channel.forget()
        self._channel.start(to_ns(seconds))
        if watching.on:
            tell(SET, self._channel, duration_text(to_ns(seconds)))
        return was_active

    def __repr__(self) -> str:
        return f"<Timer {self._channel.state()}>"


class _FuncTimer(Timer):
    """What `after_func` returns: it starts a goroutine instead of sending; `c` is nil."""

    name = "after_func"

    def __init__(self, seconds: float, f: Callable[[], Any]) -> None:
        self._run = running_goroutine("time.after_func").run
        check_function(f, "after_func takes a function")
        self.c = nil
        self._f = f
        self._created_at = instruction(caller())
        self._start(to_ns(seconds))

    def _start(self, duration: int) -> None:
        check_program(self._run)
        when = self._run.clock.now + max(0, duration)
        self._alarm = self._run.clock.set(when, self._fire)
        if watching.on:
            tell(SET, self, duration_text(duration))

    def _fire(self) -> None:
        self._run.tell(FIRE, self)
        goroutine = self._run.go(self._f, (), {}, 0, *self._created_at)
        self._run.tell(GO, goroutine)

    def stop(self) -> bool:
        """Stops it; true if the function has not been started."""
        if watching.on:
            enter(STOP, self)
            tell(STOP, self)
        was_active = self._alarm.ring is not None
        self._run.clock.cancel(self._alarm)
        return was_active

    def reset(self, seconds: float) -> bool:
        """Starts the function in `seconds`, again if it has run; true if it was waiting to."""
        was_active = self.stop()
        self._start(to_ns(seconds))
        return was_active

    def __repr__(self) -> str:
        due = _at(self._alarm.when) if self._alarm.ring is not None else STOPPED
        return f"<Timer of {function_name(self._f)} {due}>"


class Ticker:
    """Sends the time on its channel `c` every `seconds`; drops ticks for a slow receiver.

    Raises Panic if the interval isn't positive.

    Source: Go's time.NewTicker.
    """

    c: RecvChan[float]

    def __init__(self, seconds: float) -> None:
        if watching.on:
            enter(SET)
        period = to_ns(seconds)
        if period <= 0:
            raise Panic("non-positive interval for NewTicker")
        self._channel = TimerChan(f"ticker {duration_text(period)}")
        self.c = self._channel
        self._channel.start(period, period)
        if watching.on:
            tell(SET, self._channel, duration_text(period))

    def stop(self) -> None:
        """No more ticks; the channel is not closed."""
        if watching.on:
            enter(STOP, self._channel)
            tell(STOP, self._channel)
        self._channel.forget()

    def reset(self, seconds: float) -> None:
        """From now on a tick every `seconds`; revives a stopped ticker.

        Raises Panic if the interval isn't positive.
        """
        if watching.on:
            enter(SET, self._channel)
        period = to_ns(seconds)
        if period <= 0:
            raise Panic("non-positive interval for Ticker.Reset")
        self._channel.start(period, period)
        if watching.on:
            tell(SET, self._channel, duration_text(period))

    def __repr__(self) -> str:
        return f"<Ticker {self._channel.state()}>"


def after(seconds: float) -> RecvChan[float]:
    """A channel on which the time is sent once, after `seconds`."""
    return Timer(seconds).c


def after_func(seconds: float, f: Callable[[], Any]) -> Timer:
    """Starts `f` as a goroutine of its own after `seconds`; the Timer returned can stop that."""
    if watching.on:
        enter(SET)
    return _FuncTimer(seconds, f)


def tick(seconds: float) -> RecvChan[float]:
    """The channel of a Ticker; `nil` if the interval isn't positive."""
    return Ticker(seconds).c if to_ns(seconds) > 0 else nil
