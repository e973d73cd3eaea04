"""Program time: whole nanoseconds since the start, and who is to be woken when.

A virtual clock stands still while anybody can run and then jumps to the next timer; a wall clock
is the real one. Both keep their timers in one heap, ordered by time and then by the order in which
they were set, so a run repeats exactly.

Source: Go's runtime/time_fake.go for the jump; runtime/time.go for the lazy removal.
"""

from __future__ import annotations

import math
import time as wall_time
from collections.abc import Callable, Sequence
from heapq import heapify, heappop, heappush

SECOND = 1_000_000_000
FOREVER = 2**63 - 1  # Go's largest duration, 292 years; a longer wait is as good as this one


def to_ns(seconds: float) -> int:
    """Seconds as whole nanoseconds.

    Raises TypeError for what is no number and ValueError for NaN.
    """
    if isinstance(seconds, int) and not isinstance(seconds, bool):
        return max(-FOREVER, min(FOREVER, seconds * SECOND))
    if not isinstance(seconds, float):
        seconds = _as_float(seconds)
    if math.isnan(seconds):
        raise ValueError("a duration is a number of seconds, not nan")
    if abs(seconds) >= FOREVER / SECOND:
        return FOREVER if seconds > 0 else -FOREVER
    return round(seconds * SECOND)


def _as_float(seconds: object) -> float:
    if isinstance(seconds, (bool, str, bytes)) or not hasattr(seconds, "__float__"):
        raise TypeError(f"a duration is a number of seconds, not {seconds!r}")
    return float(seconds)


def duration_text(ns: int) -> str:
    """A duration as Go prints it, in the largest unit that fits: `1.5s`, `250ms`, `0s`."""
    for unit, size in (("s", SECOND), ("ms", 1_000_000), ("µs", 1_000)):
        if abs(ns) >= size:
            return f"{ns / size:.10g}{unit}"
    return f"{ns}ns" if ns else "0s"


class Alarm:
    """One entry of the heap: at `when` nanoseconds, `ring` is called, unless it was cancelled."""

    __slots__ = ("when", "order", "ring")

    def __init__(self, when: int, order: int, ring: Callable[[], None]) -> None:
        self.when = when
        self.order = order
        self.ring: Callable[[], None] | None = ring

    def __lt__(self, other: Alarm) -> bool:
        return (self.when, self.order) < (other.when, other.order)


class Clock:
    """The virtual clock: it moves only when `jump` is called."""

    def __init__(self) -> None:
        self.now = 0
        self._alarms: list[Alarm] = []
        self._order = 0
        self._cancelled = 0

    def set(self, when: int, ring: Callable[[], None]) -> Alarm:
        """Has `ring` called at `when`."""
        self._order += 1
        alarm = Alarm(min(when, FOREVER), self._order, ring)
        heappush(self._alarms, alarm)
        return alarm

    def cancel(self, alarm: Alarm) -> None:
        """Takes an alarm back; one that has rung or was cancelled stays as it is."""
        if alarm.ring is None:
            return
        alarm.ring = None
        self._cancelled += 1
        if self._cancelled * 2 > len(self._alarms):
            self._alarms = [kept for kept in self._alarms if kept.ring is not None]
            heapify(self._alarms)
            self._cancelled = 0

    def next(self) -> int | None:
        """When the next alarm rings, or None; there is nothing after FOREVER."""
        while self._alarms and self.now < FOREVER:
            if self._alarms[0].ring is not None:
                return self._alarms[0].when
            heappop(self._alarms)
            self._cancelled -= 1
        return None

    def wait_until(self, when: int) -> None:
        """Moves the time on to `when`."""
        self.now = max(self.now, when)

    def ring_due(self, choose: Callable[[Sequence[int]], int] | None = None) -> None:
        """Rings all alarms that are due, in order.

        `choose` says which one of those is the first that the same goroutine waits for in a select.
        """
        now, last = self.now, self._order  # alarms set meanwhile are for the next time
        while self._alarms and self._alarms[0].when <= now and self._alarms[0].order <= last:
            if choose is not None:
                self._put_first(choose, now, last)
            alarm = heappop(self._alarms)
            ring, alarm.ring = alarm.ring, None
            if ring is None:
                self._cancelled -= 1
            else:
                ring()

    def _put_first(self, choose: Callable[[Sequence[int]], int], now: int, last: int) -> None:
        due = [one for one in self._alarms if one.when <= now and one.order <= last]
        tied = _tied([one for one in sorted(due) if one.ring is not None])
        if len(tied) > 1:
            chosen = tied[choose(range(len(tied)))]
            chosen.when, chosen.order = now, 0
            heapify(self._alarms)


def _tied(alarms: list[Alarm]) -> list[Alarm]:
    """Those that compete with another one for a goroutine that waits for both."""
    waiting = [_waiting_for(alarm) for alarm in alarms]
    return [
        alarm
        for at, alarm in enumerate(alarms)
        if any(waiting[at] & other for at_other, other in enumerate(waiting) if at_other != at)
    ]


def _waiting_for(alarm: Alarm) -> set[int]:
    """The goroutines that wait for what rings; who sleeps waits for nothing else."""
    thing = getattr(alarm.ring, "__self__", None)
    awaited_by: Callable[[], set[int]] | None = getattr(thing, "awaited_by", None)
    return awaited_by() if awaited_by is not None else set()


class WallClock(Clock):
    """The real time, in nanoseconds since the program's start."""

    def __init__(self) -> None:
        self._start = wall_time.monotonic_ns()
        super().__init__()

    @property
    def now(self) -> int:
        """Nanoseconds since the program's start."""
        return wall_time.monotonic_ns() - self._start

    @now.setter
    def now(self, value: int) -> None:
        """The wall clock can't be set; a virtual one starts at 0, and so has this one."""

    def wait_until(self, when: int) -> None:
        """Sleeps for real; a signal handler may raise out of it."""
        while (rest := when - self.now) > 0:
            wall_time.sleep(min(rest, SECOND // 4) / SECOND)
