"""`trace`: a Go program is run once, and what happened becomes a `Trace`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from ..trace.trace import BLOCKED, Trace
from . import cache, toolchain
from .building import Build
from .child import keep
from .execution_trace import read_trace
from .limits import Limits
from .result import GoResult
from .running import ALL_ASLEEP, Options, find, once
from .source import read
from .tracer import TIME_IS_UP, TRACE_FILE, TRACE_TIME

TIMEOUT = 2.0  # seconds
LONGEST_READ = 120.0  # seconds; the first time Go compiles the tool that reads traces
MORE = 5.0  # seconds that a program has to write its trace, once its time is up
NO_TRACE = (
    "there is no execution trace: a program that ends by os.Exit, or that crashes in another "
    "goroutine than main, ends before it is written"
)
CUT = "stopped after {timeout:g} s, when its time was up"


class TraceFailed(RuntimeError):
    """A program that can't be traced; `result` tells how it ended."""

    def __init__(self, message: str, result: GoResult) -> None:
        super().__init__(message)
        self.result = result

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def trace(
    source: str,
    *,
    timeout: float = TIMEOUT,
    env: Mapping[str, str] | None = None,
    on_text: Callable[[str], None] | None = None,
    on_wait: Callable[[], None] | None = None,
) -> Trace:
    """Runs a Go program and makes a Trace of its execution trace, for `charts` and the Player.

    Its times are real ones. Go doesn't write down values, nor which channel it was; the names are
    those on the lines where goroutines wait.

    Parameters
    ----------
    source
        The program, as for `run`.
    timeout
        Wall seconds after which it is ended; what happened until then is in the trace. A program
        that is traced isn't told of its deadlocks, so one takes as long as this.
    env
        Environment variables that it gets besides ours, such as GOMAXPROCS.
    on_text
        Gets what it prints as it comes.
    on_wait
        Called now and then while Go compiles.

    Raises TraceFailed if it doesn't compile or ends before the trace is written, NoGo if there is
    no Go, TypeError and BadInput (a ValueError) for what can't be a program or an option.
    """
    found, result = traced(source, timeout=timeout, env=env, on_text=on_text, on_wait=on_wait)
    if found is None:
        raise TraceFailed(NO_TRACE if has_run(result) else result.message, result)
    return found


def traced(
    source: str,
    *,
    timeout: float = TIMEOUT,
    env: Mapping[str, str] | None = None,
    on_text: Callable[[str], None] | None = None,
    on_wait: Callable[[], None] | None = None,
) -> tuple[Trace | None, GoResult]:
    """As `trace`: the trace, None if there is none, and how the program ended."""
    options = Options(timeout=timeout, env=env)
    cell, go = read(source), find()
    built = Build(go, cell, traced=True, on_wait=on_wait).run()
    if built.failed is not None:
        return None, built.failed
    with tempfile.TemporaryDirectory(prefix="gochan-trace-") as folder:
        file = Path(folder) / "trace"
        own = {**(env or {}), TRACE_FILE: str(file), TRACE_TIME: f"{timeout}s"}
        options = replace(options, env=own, timeout=timeout + MORE)
        result = once(built, options, cell, on_text or _ignored)
        text = _parsed(go, file, on_wait) if file.exists() else ""
    result = replace(result, go=cache.version(go))
    if result.exit == TIME_IS_UP:
        result = replace(result, kind="timeout", exit=None, message=CUT.format(timeout=timeout))
    try:
        return _told(read_trace(text, cell.text, result.output), result), result
    except ValueError:  # it ended before anything was written
        return None, result


def has_run(result: GoResult) -> bool:
    """Whether the program was started at all."""
    return result.kind not in ("compile", "failed")


def _ignored(_text: str) -> None:
    pass


def _parsed(go: str, file: Path, on_wait: Callable[[], None] | None) -> str:
    """The trace as text, "" if it isn't whole."""
    folder, _ = cache.folder(go)
    said: list[str] = []
    ended = keep(
        [go, "tool", "trace", "-d=parsed", str(file)],
        Limits(LONGEST_READ),
        environment=toolchain.environment(GOCACHE=str(folder), CGO_ENABLED="0"),
        on_text=said.append,
        on_wait=on_wait,
        folder=file.parent,
    )
    return "".join(said) if ended.code == 0 else ""


def _told(trace: Trace, result: GoResult) -> Trace:
    """With how the program ended."""
    if result.kind != "timeout":
        return replace(trace, outcome=result.kind, message=result.message)
    if _all_blocked(trace):
        return replace(trace, outcome="deadlock", message=ALL_ASLEEP)
    return replace(trace, outcome="cut")


def _all_blocked(trace: Trace) -> bool:
    """Whether in the end nobody was anything but blocked."""
    last = {span.goroutine: span for span in trace.spans()}
    left = [facts.id for facts in trace.goroutines if facts.ended is None]
    return bool(left) and all(one in last and last[one].state == BLOCKED for one in left)
