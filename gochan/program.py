"""Running a program: `run`, `record` and the `Result` that both return.

Here the rooms meet: the runtime runs, the recorder listens, and a Result shows itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .analysis.race import Race, races
from .errors import ProgramError, text_of
from .runtime.clock import FOREVER, SECOND, duration_text
from .runtime.goroutine import GoroutineInfo
from .runtime.output import Output, routed
from .runtime.schedule import Schedule, ScheduleError
from .runtime.scheduler import Scheduler
from .runtime.shown import short_repr
from .runtime.words import check_function
from .trace.recorder import Recorder
from .trace.trace import Trace


@dataclass(frozen=True)
class Result:
    """What came of a run.

    `value` is what main returned; `outcome` one of "ok", "cut", "deadlock", "panic", "fatal",
    "budget"; `error` the exception or None; `elapsed` the program time in seconds; `goroutines` how
    many were started, main included; `left` who was still alive at the end, `leaked` those of them
    that nobody could wake any more; `races` the data races found; `trace` the Trace or None;
    `schedule` replays this very run; `output` what it printed, under `record`; `polled` how often
    the clock moved on because everybody only polled.
    """

    value: Any
    outcome: str
    error: BaseException | None
    elapsed: float
    goroutines: int
    left: list[GoroutineInfo]
    leaked: list[GoroutineInfo]
    schedule: Schedule
    output: str
    polled: int
    recorder: Recorder | None = field(default=None, repr=False)
    is_traced: bool = field(default=False, repr=False)
    looks_for_races: bool = field(default=False, repr=False)

    @property
    def trace(self) -> Trace | None:
        """What happened, None if it wasn't asked for; made when it is first looked at."""
        return self._recorded if self.is_traced else None

    @cached_property
    def races(self) -> list[Race]:
        """The data races that were found, if they were looked for."""
        if not self.looks_for_races or self.recorder is None:
            return []
        return races(self.recorder)

    @cached_property
    def _recorded(self) -> Trace | None:
        return self.recorder.trace() if self.recorder is not None else None

    def summary(self) -> str:
        """One line: how it ended, when, and who was left."""
        count = f"{self.goroutines} goroutine{'s' if self.goroutines != 1 else ''}"
        parts = [_ENDINGS[self.outcome].format(error=_first_line(self.error))]
        parts += [f"t = {duration_text(round(self.elapsed * SECOND))}", count]
        if self.outcome == "ok" and self.value is not None:
            parts[0] += f", main returned {short_repr(self.value)}"
        if self.left and self.outcome in ("ok", "cut"):
            parts.append(_left_over(self))
        if self.races:
            parts.append(f"{len(self.races)} data race{'s' if len(self.races) != 1 else ''}")
        return " · ".join(parts)

    def __repr__(self) -> str:
        return f"<Result {self.summary()}>"

    def _ipython_display_(self) -> None:
        """What a notebook shows: the summary, what was printed, and the timeline."""
        from .charts.show import show  # noqa: PLC0415 - matplotlib takes a while to load

        show(self)


_ENDINGS = {
    "ok": "ok",
    "cut": "cut off by until",
    "deadlock": "deadlock",
    "panic": "panic: {error}",
    "fatal": "{error}",
    "budget": "budget: {error}",
}


def _first_line(error: BaseException | None) -> str:
    if error is None:
        return ""
    text = text_of(error).split("\n", 1)[0].removeprefix("fatal error: ")
    return text if isinstance(error, ProgramError) else f"{type(error).__name__}: {text}"


def _left_over(result: Result) -> str:
    if result.leaked:
        names = ", ".join(dict.fromkeys(info.name for info in result.leaked[:4]))
        return f"{len(result.leaked)} leaked ({names})"
    return f"{len(result.left)} still there at the end"


def run(
    main: Callable[..., Any],
    /,
    *args: Any,
    clock: str = "virtual",
    procs: int = 1,
    seed: int | None = None,
    schedule: Schedule | str | None = None,
    trace: bool = False,
    race: bool = False,
    until: float | None = None,
    max_steps: int | None = None,
    timeout: float | None = None,
    linger: float = 0.0,
) -> Result:
    """Runs `main(*args)` as goroutine 1; when it returns, the program is over, as in Go.

    Parameters
    ----------
    clock
        "virtual": time stands still while anybody can run, and jumps to the next timer when all are
        blocked. "wall": the real time.
    procs
        How many processors `work` can occupy at once.
    seed
        None: first come, first served. An int: a random schedule that repeats with the seed.
    schedule
        A `Schedule` (or its text) to replay instead.
    trace
        Whether the Result gets a `Trace`.
    race
        Whether data races are looked for.
    until
        Program time in seconds at which a program that never ends is cut off.
    max_steps, timeout
        Budgets that the program should not reach: visible operations, and wall seconds.
    linger
        Program time in seconds for which the others may go on after main has returned, before they
        are ended and `leaked` is judged; `math.inf`: until nobody can run.

    Raises what ended the program badly: Deadlock, Panic, FatalError, BudgetExceeded, or the
    exception that escaped a goroutine, with a note that says which; ScheduleError if `schedule` was
    recorded from another program.

    Source: Go specification, "Program execution".
    """
    __tracebackhide__ = True
    options = _options(
        clock=clock,
        procs=procs,
        seed=seed,
        schedule=schedule,
        until=until,
        max_steps=max_steps,
        timeout=timeout,
        linger=linger,
    )
    result = _execute(main, args, options, None, trace=trace, race=race)
    if result.error is not None:
        raise result.error
    return result


def record(
    main: Callable[..., Any],
    /,
    *args: Any,
    clock: str = "virtual",
    procs: int = 1,
    seed: int | None = None,
    schedule: Schedule | str | None = None,
    trace: bool = True,
    race: bool = False,
    until: float | None = None,
    max_steps: int | None = None,
    timeout: float | None = None,
    linger: float = 0.0,
) -> Result:
    """Runs a program like `run`, with a trace, captures its output and never raises for its end.

    The Result's `outcome` and `error` say how it ended. As the last line of a cell it shows a
    summary, the output and the timeline. The parameters are those of `run`.

    Raises ScheduleError if `schedule` was recorded from another program.
    """
    __tracebackhide__ = True
    options = _options(
        clock=clock,
        procs=procs,
        seed=seed,
        schedule=schedule,
        until=until,
        max_steps=max_steps,
        timeout=timeout,
        linger=linger,
    )
    with routed:
        return _execute(main, args, options, Output(), trace=trace, race=race)


def _options(
    *,
    clock: str,
    procs: int,
    seed: int | None,
    schedule: Schedule | str | None,
    until: float | None,
    max_steps: int | None,
    timeout: float | None,
    linger: float | None,
) -> dict[str, Any]:
    """The scheduler's options.

    Raises ValueError or TypeError, in a sentence, for what makes no sense.
    """
    if clock not in ("virtual", "wall"):
        raise ValueError(f'clock is "virtual" or "wall", not {clock!r}')
    until = _seconds("until", until)
    return {
        "clock": clock,
        "procs": _count("procs", procs),
        "schedule": _schedule(schedule, seed),
        "until": None if until == math.inf else until,
        "max_steps": None if max_steps is None else _count("max_steps", max_steps),
        "timeout": _seconds("timeout", timeout),
        "linger": _seconds("linger", linger) or 0.0,
    }


def _schedule(schedule: Schedule | str | None, seed: int | None) -> Schedule:
    if schedule is None:
        return Schedule(seed=seed)
    if seed is not None:
        raise ValueError("give a seed or a schedule, not both")
    if isinstance(schedule, str):
        return Schedule.parse(schedule)
    if not isinstance(schedule, Schedule):
        raise TypeError(f"schedule is a Schedule or its text, not {schedule!r}")
    return schedule


def _count(name: str, value: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{name} is a whole number from 1 on, not {value!r}")
    return value


def _seconds(name: str, value: float | None) -> float | None:
    if value is None:
        return None
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not value >= 0:
        raise ValueError(f"{name} is a number of seconds from 0 on, not {value!r}")
    return value if value <= FOREVER / SECOND else math.inf


def _execute(
    main: Callable[..., Any],
    args: tuple[Any, ...],
    options: dict[str, Any],
    output: Output | None,
    *,
    trace: bool,
    race: bool,
) -> Result:
    __tracebackhide__ = True
    check_function(main, "a program is a function")
    scheduler = Scheduler(**options, output=output)
    recorder = Recorder(scheduler) if trace or race else None
    scheduler.execute(main, args)
    if isinstance(scheduler.error, ScheduleError):
        raise scheduler.error  # not the program went wrong: it was given another's schedule
    return Result(
        value=scheduler.value,
        outcome=scheduler.outcome or "ok",
        error=scheduler.error,
        elapsed=scheduler.elapsed / SECOND,
        goroutines=scheduler.started,
        left=scheduler.left,
        leaked=scheduler.leaked,
        schedule=scheduler.schedule,
        output=output.text if output is not None else "",
        polled=scheduler.polling.jumps,
        recorder=recorder,
        is_traced=trace,
        looks_for_races=race,
    )
