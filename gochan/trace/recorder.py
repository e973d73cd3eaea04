"""Listens to a run and writes down what happened.

While the program runs, an event costs one tuple; names, lines and texts are looked up afterwards.
Values are the exception: they may change, so their short repr is taken at once.
"""

from __future__ import annotations

import inspect
import linecache
import re
import sys
from types import CodeType
from typing import Any

from ..errors import ProgramError, text_of
from ..runtime import event as kinds
from ..runtime.goroutine import Goroutine, name_of
from ..runtime.scheduler import Scheduler
from ..runtime.source import file_name, raised_at, user_frame
from .trace import ChannelFacts, Event, GoroutineFacts, Source, Trace

LONGEST_VALUE = 40
PLAIN = (int, float, bool, type(None))
WITH_VALUE = (kinds.SEND, kinds.RECV, kinds.RECV_CLOSED)
WITH_TEXT = (kinds.CRASH, kinds.CANCEL, kinds.EXPIRE, kinds.CANCELED, kinds.ERR)
ADDRESS = re.compile(
    r"(?:(?:\w+|<\w+>)\.)*(?P<what>\w+|<\w+>)(?: object)? at 0x[0-9a-fA-F]+(?=[>;,)])"
)

Row = tuple[str, int, int, Any, Any, Any, CodeType | None, int]


class Recorder:
    """The observer of one run; `trace()` is what it saw."""

    def __init__(self, run: Scheduler) -> None:
        self._run = run
        self._rows: list[Row] = []
        self._last: dict[int, tuple[CodeType | None, int]] = {}  # where each goroutine stands
        run.observer = self.observe

    def observe(self, kind: str, goroutine: Goroutine | None, thing: Any, value: Any) -> None:
        """Writes an event down; called by the runtime."""
        run = self._run
        if kind in WITH_VALUE:
            value = short_repr(value)
        elif kind in WITH_TEXT and value is not None:
            value = without_addresses(value)
        code, line = self._position(kind, goroutine)
        self._rows.append((kind, run.clock.now, run.steps, goroutine, thing, value, code, line))

    def _position(self, kind: str, goroutine: Goroutine | None) -> tuple[CodeType | None, int]:
        """The line of the event's goroutine: the calling one's, or where the other one waits."""
        if goroutine is None:
            return None, 0
        if kind == kinds.CRASH:
            return raised_at(sys.exc_info()[2]) or self._last.get(goroutine.id, (None, 0))
        if kind == kinds.RUN or goroutine is not self._run.running():
            return self._last.get(goroutine.id, (None, 0))
        frame = user_frame(sys._getframe(2))
        if frame is None:
            return self._last.get(goroutine.id, (None, 0))
        position = frame.f_code, frame.f_lineno
        self._last[goroutine.id] = position
        return position

    def trace(self) -> Trace:
        """What happened, as plain data."""
        run = self._run
        names = _Names()
        codes = {row[6] for row in self._rows}
        files = {code: file_name(code.co_filename) if code else "" for code in codes}
        events = tuple(_event(row, names, files) for row in self._rows)
        return Trace(
            events=events,
            goroutines=_goroutines(self._rows, events),
            channels=tuple(names.channels.values()),
            sources=_sources(codes),
            procs=run.processors.count,
            outcome=run.outcome or "ok",
            message=_first_line(run.error),
            output=run.output.text if run.output is not None else "",
            end=run.elapsed,
        )


class _Names:
    """A name for every channel and lock of a run: its own, made unique with a number."""

    def __init__(self) -> None:
        self._of: dict[int, str] = {}
        self._kept: list[Any] = []  # so that no id is used twice
        self._used: set[str] = set()
        self.channels: dict[str, ChannelFacts] = {}

    def of(self, thing: Any) -> str | None:
        if thing is None or isinstance(thing, str):
            return thing
        if isinstance(thing, Goroutine):
            return f"g{thing.id}"
        if isinstance(thing, list):
            return ", ".join(self._of_case(case) for case in thing)
        name = self._of.get(id(thing))
        return name if name is not None else self._new(thing)

    def _of_case(self, case: Any) -> str:
        name = self.of(case.channel) or ""
        return f"<-{name}" if case.direction == "recv" else f"{name}<-"

    def _new(self, thing: Any) -> str:
        own = getattr(thing, "name", None)
        base = own or type(thing).__name__.lower()
        number = 1 if own is None else 0
        name = f"{base} {number}" if number else base
        while name in self._used:
            number = number + 1 if number else 2
            name = f"{base} {number}"
        self._used.add(name)
        self._of[id(thing)] = name
        self._kept.append(thing)
        if hasattr(thing, "cap"):
            self.channels[name] = ChannelFacts(name, thing.cap, thing.type_name())
        return name


def _event(row: Row, names: _Names, files: dict[CodeType | None, str]) -> Event:
    kind, time, step, goroutine, thing, value, code, line = row
    return Event(
        kind,
        time,
        step,
        goroutine.id if goroutine is not None else 0,
        names.of(thing),
        value if value is None or isinstance(value, str) else str(value),
        line,
        files[code],
    )


def _goroutines(rows: list[Row], events: tuple[Event, ...]) -> tuple[GoroutineFacts, ...]:
    ended = {
        event.goroutine: event.step
        for event in events
        if event.kind in (kinds.END, kinds.CRASH, kinds.EXIT)
    }
    facts = {}
    for row, event in zip(rows, events, strict=True):
        who = row[4] if event.kind == kinds.GO else row[3]
        if who is None or who.id in facts:
            continue
        code = who.created_code
        facts[who.id] = GoroutineFacts(
            id=who.id,
            name=name_of(who),
            created_by=who.created_by,
            line=who.created_line or 0,
            file=file_name(code.co_filename) if code is not None else "",
            started=event.step,
            ended=ended.get(who.id),
        )
    return tuple(facts[number] for number in sorted(facts))


def _sources(codes: set[CodeType | None]) -> tuple[Source, ...]:
    """The text of the functions that ran; a function inside another one comes with that."""
    blocks: dict[str, dict[int, int]] = {}
    for code in codes:
        if code is None:
            continue
        last = max((line for _, _, line in code.co_lines() if line), default=code.co_firstlineno)
        lines = blocks.setdefault(code.co_filename, {})
        lines[code.co_firstlineno] = max(last, lines.get(code.co_firstlineno, 0))
    return tuple(source for path in sorted(blocks) for source in _blocks_of(path, blocks[path]))


def _blocks_of(path: str, blocks: dict[int, int]) -> list[Source]:
    text = linecache.getlines(path)
    sources: list[Source] = []
    covered = 0
    for first in sorted(blocks):
        if first <= covered or not text[first - 1 : first]:
            continue
        block = inspect.getblock(text[first - 1 :])
        last = max(blocks[first], first + len(block) - 1)
        piece = "".join(text[first - 1 : last]).rstrip()
        sources.append(Source(file_name(path), first, piece))
        covered = last
    return sources


def _first_line(error: BaseException | None) -> str:
    if error is None:
        return ""
    text = text_of(error).split("\n", 1)[0]
    if not isinstance(error, ProgramError):
        text = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return without_addresses(text)


def short_repr(value: Any) -> str:
    """A value as pictures show it: at most 40 characters, and no memory addresses."""
    if type(value) in PLAIN:
        return str(value)
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 - it is the program's method, and may raise anything
        return f"<{type(value).__name__}>"
    text = without_addresses(text)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def without_addresses(text: str) -> str:
    """`<Job>` for `<__main__.Job object at 0x7f…>`: addresses differ from run to run."""
    return ADDRESS.sub(lambda match: match["what"], text) if " at 0x" in text else text
