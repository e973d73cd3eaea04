"""Who runs next: goroutines, clock, processors, schedules; and Go's package runtime.

This room knows no channel and no lock: those are written with its `park` and `ready`.
"""

from .words import goroutines, gosched, num_goroutine, procs, stack

__all__ = ["goroutines", "gosched", "num_goroutine", "procs", "stack"]
