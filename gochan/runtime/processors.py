"""Processors: what `work` occupies.

Always true:
- Nobody waits for a processor while one is free.
- Who has worked for a time slice while others wait stands back to the end of the queue, as Go's
  preemption does. Nobody else's work is cut into slices, so a long piece of work that nobody
  contends is one piece in every picture.

Source: Go's runtime/proc.go, forcePreemptNS (10 ms).
"""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from .clock import Alarm
from .goroutine import RUNNABLE, WORKING, Goroutine

if TYPE_CHECKING:
    from .scheduler import Scheduler

SLICE = 10_000_000  # nanoseconds


class Processors:
    """`count` simulated processors of one run, shared round robin."""

    def __init__(self, run: Scheduler, count: int) -> None:
        self.count = count
        self._run = run
        self._free = list(range(count))
        self._queue: deque[Goroutine] = deque()
        self._granted: dict[Goroutine, int] = {}
        self._busy: dict[int, tuple[int, Alarm, Goroutine]] = {}  # began, alarm, who

    def work(self, goroutine: Goroutine, duration: int) -> None:
        """Occupies a processor for `duration` nanoseconds in all."""
        while duration > 0:
            processor = self._acquire(goroutine)
            began = self._run.clock.now
            end = began + (min(duration, SLICE) if self._queue else duration)
            alarm = self._run.alarm(end, goroutine)
            self._busy[processor] = began, alarm, goroutine
            self._run.park(goroutine, WORKING, f"processor {processor}")
            del self._busy[processor]
            duration -= self._run.clock.now - began
            self._release(processor)

    def _acquire(self, goroutine: Goroutine) -> int:
        if self._free:
            return heappop(self._free)
        self._queue.append(goroutine)
        self._cut_short()
        self._run.park(goroutine, RUNNABLE, "a processor")
        return self._granted.pop(goroutine)

    def _release(self, processor: int) -> None:
        if not self._queue:
            heappush(self._free, processor)
            return
        heir = self._queue.popleft()
        self._granted[heir] = processor
        self._run.ready(heir)

    def _cut_short(self) -> None:
        """Somebody waits: whoever works stands back at the end of the slice that is under way."""
        now = self._run.clock.now
        for processor, (began, alarm, goroutine) in list(self._busy.items()):
            boundary = began + max(1, -(-(now - began) // SLICE)) * SLICE
            if alarm.ring is not None and boundary < alarm.when:
                self._run.clock.cancel(alarm)
                self._busy[processor] = began, self._run.alarm(boundary, goroutine), goroutine
