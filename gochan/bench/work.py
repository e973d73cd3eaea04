"""What is measured: the list of works, their sizes, and one program shape for each.

Every contender writes the same shape in its own most natural way. A work's function takes one
number, `size`, and returns seconds. Where `size` is None the number of operations is chosen by the
process that measures, at most 50,000 and then again and again, so that fast and slow contenders are
measured equally long; the figure is then the time an operation. Elsewhere the program has the given
size, and the figure is the time of the whole program.
"""

from __future__ import annotations

from dataclasses import dataclass

BUFFER = 64
CASES = 4
BATCH = 100
PIPELINE_VALUES = 10
QUICK = 50  # with --quick a program of 100,000 becomes one of 2,000
LONG, SHORT = 0.1, 0.002  # seconds that operations are measured for, and with --quick

TABLE, GROWTH, CORE = "table", "growth", "core"


@dataclass(frozen=True)
class Work:
    """One thing that is measured.

    `size` is that of the whole program, None if the figure is the time an operation. `measured` are
    the figures that come of it: "seconds", "bytes", and for growth "few" and "many" in seconds.
    """

    key: str
    title: str
    section: str = TABLE
    size: int | None = None
    measured: tuple[str, ...] = ("seconds",)
    once: bool = False  # its figures are only honest in a fresh process: no repetition

    def program(self, quick: bool) -> int | None:
        """The size of the program."""
        return self.size // QUICK if self.size is not None and quick else self.size

    def lasts(self, quick: bool) -> float:
        """For how many seconds the process measures, if it isn't `once`."""
        return SHORT if quick else LONG


WORKS = (
    # One goroutine sends n values on an unbuffered channel, main receives them.
    Work("unbuffered", "unbuffered hand-over, a value"),
    # The same through a buffer of 64.
    Work("buffered", "buffered (64), a value"),
    # Main sends on one unbuffered channel and receives on another; a goroutine sends it back.
    Work("pingpong", "ping-pong, there and back"),
    # Four goroutines send on an unbuffered channel each; main selects among the four.
    Work("select", "select over 4 channels, a value"),
    # One goroutine locks and unlocks a lock that nobody else wants.
    Work("mutex", "mutex, lock and unlock"),
    # 100 goroutines are started that only say they are done; main waits for all; and again.
    Work("spawn", "spawn and finish, a goroutine"),
    # 100,000 goroutines receive from a channel on which nobody sends; until all are blocked.
    Work("blocked", "100,000 blocked", size=100_000, measured=("seconds", "bytes"), once=True),
    # 1,000 goroutines each receive from the left and send to the right on unbuffered channels;
    # 10 values go through, then the left end is closed, and that goes through too.
    Work("pipeline", "1,000-stage pipeline, 10 values", size=1_000),
    # 10,000 goroutines are started that only say they are done; main waits for all.
    Work("waitgroup", "WaitGroup of 10,000", size=10_000),
    # The hand-over of "unbuffered" while so many others are blocked, channels hold a value each,
    # timers run; and then what it costs to set a timer and stop it among so many.
    Work("goroutines", "a value among blocked goroutines", GROWTH, 100_000, ("few", "many"), True),
    Work("channels", "a value among channels", GROWTH, 100_000, ("few", "many"), True),
    Work("timers", "a value among timers", GROWTH, 100_000, ("few", "many"), True),
    Work("set", "setting a timer among timers", GROWTH, 100_000, ("few", "many"), True),
    # A greenlet switches to another and back, without gochan.
    Work("pair", "bare greenlet switch pair", CORE),
    # A Trace is made of what a run has noted on its way.
    Work("trace", "making the trace, an event", CORE),
    # Each goroutine starts the next and waits for it.
    Work("chain", "a chain of 100,000", CORE, 100_000, ("seconds", "bytes"), True),
    # Runs that each leave ten blocked goroutines behind; memory must not grow.
    Work("runs", "1,000 runs in a row", CORE, 1_000, ("seconds", "bytes"), True),
)
BY_KEY = {work.key: work for work in WORKS}
