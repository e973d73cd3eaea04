"""`run`: a Go program from its text to how it ended."""

from __future__ import annotations

import math
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from . import cache, crash, toolchain
from .building import Build, Built
from .child import keep
from .limits import MEGABYTE, Ended, Limits
from .result import BadInput, GoResult, Report, Stack, Times, exit_words
from .source import Cell, read
from .streaming import Output

MEMORY = 1024 * MEGABYTE
FILE_SIZE = 1024 * MEGABYTE
MOST_MEMORY = 1 << 50
MOST_TIMES = 10_000
LONGEST_TIMEOUT = 86_400.0
ALL_BLOCKED = (
    "every goroutine was blocked by then. If that is a deadlock: with the race detector Go doesn't "
    "notice it"
)
NO_INPUT = "a program in a cell has no standard input: whoever reads it finds its end at once"
ALL_ASLEEP = "all goroutines are asleep - deadlock!"
ASLEEP = ("chan ", "select", "sync.", "semacquire")  # wait reasons of blocked goroutines


class NoGo(RuntimeError):
    """There is no Go here; the text says how to get it."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass(frozen=True)
class Options:
    """How a program is run, checked."""

    timeout: float = 10.0
    race: bool = False
    vet: bool = False
    env: Mapping[str, str] | None = None
    times: int = 1
    memory: int = MEMORY

    def __post_init__(self) -> None:
        check_seconds("timeout", self.timeout)
        check_flag("race", self.race)
        check_flag("vet", self.vet)
        check_number("times", self.times, 1, MOST_TIMES)
        check_number("memory", self.memory, 64 * MEGABYTE, MOST_MEMORY)
        check_env(self.env)


def check_seconds(name: str, value: object) -> None:
    """Raises TypeError or BadInput unless it is a number of seconds."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} is a number of seconds, not {value!r}")
    if not (math.isfinite(value) and 0 < value <= LONGEST_TIMEOUT):
        raise BadInput(f"{name} is more than 0 and at most {LONGEST_TIMEOUT:,.0f} s, not {value}")


def check_flag(name: str, value: object) -> None:
    """Raises TypeError unless it is a bool."""
    if not isinstance(value, bool):
        raise TypeError(f"{name} is True or False, not {value!r}")


def check_number(name: str, value: object, least: int, most: int) -> None:
    """Raises TypeError or BadInput unless it is a whole number in this range."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} is a whole number, not {value!r}")
    if not least <= value <= most:
        raise BadInput(f"{name} is a number from {least:,} to {most:,}, not {value:,}")


def check_env(env: object) -> None:
    """Raises TypeError or BadInput unless it maps names of variables to their values."""
    if env is None:
        return
    if not isinstance(env, Mapping):
        raise TypeError(f"env maps names to values, such as GOMAXPROCS to '1', not {env!r}")
    for name, value in env.items():
        if not (isinstance(name, str) and isinstance(value, str)):
            raise TypeError(f"env holds a name and a value as str, not {name!r} and {value!r}")
        if not name or "=" in name or "\0" in name + value:
            raise BadInput(f"there can be no environment variable {name!r} with value {value!r}")


def run(
    source: str,
    *,
    timeout: float = 10.0,
    race: bool = False,
    vet: bool = False,
    env: Mapping[str, str] | None = None,
    times: int = 1,
    memory: int = MEMORY,
    on_text: Callable[[str], None] | None = None,
    on_wait: Callable[[], None] | None = None,
    on_times: Callable[[GoResult], None] | None = None,
) -> GoResult:
    """Compiles a Go program and runs it to its end, or until its time is up.

    A program without `package main` gets it, statements without a main become one, and imports of
    the standard library that are missing are added. It runs in the current folder without standard
    input, and whatever it started ends with it.

    Parameters
    ----------
    source
        The program.
    timeout
        Wall seconds that it may run, for each of its runs.
    race, vet
        Whether Go's race detector watches it, and whether `go vet` looks at it before.
    env
        Environment variables that it gets besides ours.
    times
        How often it is run; the result then counts what it came to, and is that of the last run
        otherwise.
    memory
        Bytes that it and what it starts may have.
    on_text
        Gets what it prints as it comes (not with `times`).
    on_wait
        Called now and then while Go compiles.
    on_times
        Gets the result so far after each of several runs.

    Raises NoGo if there is no Go, TypeError and BadInput (a ValueError) for what can't be a program
    or an option, and KeyboardInterrupt when interrupted; nothing runs on then.
    """
    options = Options(timeout, race, vet, env, times, memory)
    cell = read(source)
    go = find()
    built = Build(go, cell, race, on_wait=on_wait).run(vet=vet)
    if built.failed is not None:
        return replace(built.failed, notes=built.notes)
    if times == 1:
        return _finished(once(built, options, cell, on_text or _ignored), built, go)
    return _many(built, options, cell, on_times, go)


def find() -> str:
    """The go command. Raises NoGo if there is none."""
    go = toolchain.find()
    if go is None:
        raise NoGo(toolchain.why_missing())
    return go


def _ignored(_text: str) -> None:
    pass


def _many(
    built: Built,
    options: Options,
    cell: Cell,
    on_times: Callable[[GoResult], None] | None,
    go: str,
) -> GoResult:
    """Runs it again and again."""
    ends: Counter[tuple[str, str, str]] = Counter()
    seconds = 0.0
    for _ in range(options.times):
        last = once(built, options, cell, _ignored)
        seconds += last.seconds
        ends[last.output, last.kind, last.message] += 1
        counted = tuple(Times(*end, count) for end, count in ends.most_common())
        last = _finished(replace(last, seconds=seconds, times=counted), built, go)
        if on_times is not None:
            on_times(last)
    return last


def _finished(result: GoResult, built: Built, go: str) -> GoResult:
    """With what is known from compiling it."""
    return replace(result, vet=built.vet, notes=(*built.notes, *result.notes), go=cache.version(go))


def once(built: Built, options: Options, cell: Cell, on_text: Callable[[str], None]) -> GoResult:
    """Runs what was built, one time: how it ended."""
    output = Output(on_text)
    with tempfile.TemporaryDirectory(prefix="gochan-race-") as folder:
        begun = time.monotonic()
        ended = keep(
            [str(built.path)],
            Limits(options.timeout, options.memory, FILE_SIZE, dump=True, reserves=options.race),
            environment=_environment(options, folder),
            on_text=output.add,
            on_wait=output.wait,
        )
        seconds = time.monotonic() - begun
        races = _races(Path(folder)) if options.race else ()
    found = crash.find(output.held) if ended.code in (2, None, -signal.SIGABRT) else None
    text, left_out = output.finish(found.start if found else None)
    return GoResult(
        kind=_kind(ended, found, races),
        output=text,
        left_out=left_out,
        exit=ended.code if ended.why == "exit" else None,
        message=_message(ended, found, races, options),
        report=found.report if found else None,
        races=races,
        notes=_notes(ended, cell, nothing_raced=options.race and not races),
        seconds=seconds,
    )


def _environment(options: Options, folder: str) -> dict[str, str]:
    """The program's variables: Go's garbage collector keeps to the memory that there is."""
    own = {"GOMEMLIMIT": str(int(options.memory * 0.9)), "GOTRACEBACK": "single"}
    if options.race:
        # The detector otherwise sleeps for a second at the end, and writes among the output.
        log = Path(folder, "race")
        own["GORACE"] = f"atexit_sleep_ms=10 log_path={log} {os.environ.get('GORACE', '')}"
    return {**os.environ, **own, **(options.env or {})}


def _races(folder: Path) -> tuple[Report, ...]:
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in folder.iterdir())
    return tuple(race for text in texts for race in crash.races(text))


def _kind(ended: Ended, found: crash.Crash | None, races: tuple[Report, ...]) -> str:
    if ended.why in ("timeout", "memory"):
        return ended.why
    if ended.why != "exit" or ended.code is None:
        return "killed" if ended.why == "lost" else "failed"
    if found is not None:
        return found.kind
    if races:
        return "race"
    if ended.code < 0:
        return "killed"
    return "exit" if ended.code else "ok"


def _message(
    ended: Ended, found: crash.Crash | None, races: tuple[Report, ...], options: Options
) -> str:
    kind = _kind(ended, found, races)
    if kind == "timeout":
        after = f"stopped after {options.timeout:g} s, when its time was up"
        return f"{after}; {ALL_BLOCKED}" if options.race and _asleep(found) else after
    if ended.why == "memory":
        return f"stopped: it had more than {options.memory / MEGABYTE:,.0f} MB of memory"
    if found is not None:
        return found.report.message
    if kind == "failed":
        return f"the program can't be started: {ended.error}"
    if kind == "race":
        return f"{len(races)} data race{'s' if len(races) != 1 else ''}"
    return exit_words(ended.code) if ended.code else ""


def _asleep(found: crash.Crash | None) -> bool:
    """Whether every goroutine of the program was blocked when it was stopped."""
    stacks: tuple[Stack, ...] = found.report.stacks if found else ()
    states = [stack.title.partition("[")[2] for stack in stacks]
    return bool(states) and all(state.startswith(ASLEEP) for state in states)


def _notes(ended: Ended, cell: Cell, *, nothing_raced: bool) -> tuple[str, ...]:
    notes = ["the race detector saw no data race in this run"] if nothing_raced else []
    uses = cell.uses()
    scans = any(name.startswith("Scan") for name in uses.get("fmt", ()))
    if scans or "Stdin" in uses.get("os", ()):
        notes.append(NO_INPUT)
    if ended.others:
        many = f"{ended.others} processes" if ended.others != 1 else "a process"
        notes.append(f"it left {many} behind, which ended with it")
    return tuple(notes)
