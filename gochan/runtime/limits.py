"""How long a run may go on: until when by its own clock, how many operations, how many seconds."""

from __future__ import annotations

import math
import time as wall_time

from ..errors import BudgetExceeded
from .clock import to_ns
from .schedule import NEVER

OPERATIONS_BETWEEN_LOOKS = 64  # at the wall's clock


class Limits:
    """The limits of one run. Those of `gochan.run`; see there.

    `until` cuts a program off, and `linger` whoever goes on after main has returned (both in
    nanoseconds of program time). `max_steps` and `timeout` are budgets: to exceed them is an error.
    """

    __slots__ = ("until", "linger", "has_budget", "_max_steps", "_timeout", "_deadline")

    def __init__(
        self, until: float | None, max_steps: int | None, timeout: float | None, linger: float
    ) -> None:
        self.until = math.inf if until is None else to_ns(until)
        self.linger = math.inf if linger == math.inf else to_ns(linger)
        self.has_budget = max_steps is not None or timeout is not None
        self._max_steps = NEVER if max_steps is None else max_steps
        self._timeout = timeout
        self._deadline = math.inf if timeout is None else wall_time.monotonic() + timeout

    def main_returned(self, now: int) -> bool:
        """From now on the others may go on for `linger`; whether they may at all."""
        self.until = min(self.until, now + self.linger)
        return self.linger > 0

    def operations(self, used: int) -> int:
        """So many more may go by before the budgets are looked at again."""
        return min(self._max_steps - used, OPERATIONS_BETWEEN_LOOKS)

    def wall_left(self) -> float:
        """Nanoseconds until the time budget is used up."""
        return max(0.0, self._deadline - wall_time.monotonic()) * 1e9

    def refuses(self, used: int) -> BudgetExceeded | None:
        """The error if one more operation after `used` ones would exceed a budget."""
        if used < self._max_steps:
            return self.out_of_time() if self._timeout is not None else None
        return BudgetExceeded(f"the program took more than max_steps={self._max_steps:,} steps")

    def out_of_time(self) -> BudgetExceeded | None:
        """The error if the time budget is used up."""
        if wall_time.monotonic() >= self._deadline:
            return BudgetExceeded(f"the program took longer than timeout={self._timeout:g} s")
        return None
