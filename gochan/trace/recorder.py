"""Reads what a run noted on its tape.

While the program runs, an event costs five cells of a list; names, lines and texts are looked up
when somebody wants to see them.
"""

from __future__ import annotations

import functools
import inspect
import linecache
from collections.abc import Iterator
from types import CodeType
from typing import Any

from ..errors import ProgramError, text_of
from ..runtime import event as kinds
from ..runtime.event import Tape
from ..runtime.goroutine import Goroutine, name_of
from ..runtime.scheduler import Scheduler
from ..runtime.shown import short_repr, without_addresses
from ..runtime.source import file_name, is_library, line_of, name_of_code
from .trace import (
    CLOCK,
    ChannelFacts,
    Event,
    FunctionFacts,
    GoroutineFacts,
    Source,
    ThingFacts,
    Trace,
)

WITH_VALUE = {
    kinds.SEND,
    kinds.RECV,
    kinds.RECV_CLOSED,
    kinds.LOAD,
    kinds.STORE,
    kinds.SWAP,
    kinds.TRY_SWAP,
    kinds.MISS,
    kinds.DELETE,
    kinds.READ,
    kinds.WRITE,
    kinds.LOOK,
    kinds.CHANGE,
}
WITH_TEXT = {kinds.CANCEL, kinds.EXPIRE, kinds.CANCELED, kinds.ERR}
TURNS = {kinds.YIELD, kinds.READY}
Place = tuple[int, str]  # line and file
NO_PLACE: Place = 0, ""


class Recorder:
    """Gives a run a tape, and makes a Trace of it when the run is over."""

    def __init__(self, run: Scheduler) -> None:
        self._run = run
        self._tape: Tape = []
        run.tape = self._tape
        self._names = _Names()

    def kinds(self) -> set[str]:
        """The kinds of what was noted."""
        return set(self._tape[::5])

    def name_of(self, thing: Any) -> str | None:
        """What the Trace made last calls a channel or a lock; what isn't in it gets a name now."""
        return self._names.of(thing)

    def trace(self, *, sources: bool = True, turns: bool = True) -> Trace:
        """What happened, as plain data.

        Parameters
        ----------
        sources
            With the text of the program.
        turns
            With who stood back, and who was made runnable: most of what there is, if a schedule
            interrupts everybody everywhere.
        """
        run = self._run
        reader = _Reader(set() if turns else TURNS)
        self._names = reader.names
        events = tuple(reader.events(self._tape))
        return Trace(
            events=events,
            goroutines=_facts(reader.goroutines, events),
            channels=tuple(reader.names.channels.values()),
            sources=_sources(reader.codes) if sources else (),
            things=tuple(reader.names.things),
            functions=_functions(reader),
            procs=run.processors.count,
            outcome=run.outcome or "ok",
            message=_first_line(run.error),
            output=run.output.text if run.output is not None else "",
            end=run.elapsed,
        )


class _Reader:
    """Reads a tape: who did it, at which step and line, is what the entries before say."""

    def __init__(self, left_out: set[str]) -> None:
        self.names = _Names()
        self._left_out = left_out
        self.goroutines: dict[int, Goroutine] = {}
        self.codes: set[CodeType] = set()
        self._lines: dict[tuple[int, int], Place] = {}
        self._places: dict[int, Place] = {}  # where each goroutine stands

    def events(self, tape: Tape) -> Iterator[Event]:
        """The events; entries that are none of their own move the time and the step on."""
        time = step = 0
        running = CLOCK
        cells = iter(tape)
        for kind, thing, value, code, rest in zip(cells, cells, cells, cells, cells, strict=True):
            who = running
            if code is not None:
                step += 1
            if isinstance(code, CodeType):
                self._stands_at(running, code, rest)
            elif rest is not None:
                who = self._number(rest)
            if kind == kinds.HERE:
                self._stands_at(running, thing, value)
            if kind in (kinds.ENTER, kinds.HERE) or kind in self._left_out:
                continue
            if kind == kinds.TIME:
                time, running = value, CLOCK
                continue
            if kind == kinds.RUN:
                who = running = self._number(thing)
            line, file = self._places.get(who, NO_PLACE)
            name = self._name(kind, thing)
            yield Event(kind, time, step, who, name, self._text(kind, value), line, file)

    def _name(self, kind: str, thing: Any) -> str | None:
        if kind == kinds.RUN:
            return None
        if kind == kinds.GO:
            self._number(thing)
        return self.names.of(thing)

    def _text(self, kind: str, value: Any) -> str | None:
        if type(value) is tuple:  # of `tell_with`
            other, words = value
            return f"{self.names.of(other)}{words}"
        return _text(kind, value)

    def _number(self, goroutine: Any) -> int:
        if goroutine is kinds.CLOCK:
            return CLOCK
        number: int = goroutine.id
        self.goroutines.setdefault(number, goroutine)
        return number

    def _stands_at(self, goroutine: int, code: CodeType, instruction: int) -> None:
        key = id(code), instruction
        place = self._lines.get(key)
        if place is None:
            place = self._lines[key] = self._place(code, instruction)
        if place is not NO_PLACE:
            self._places[goroutine] = place

    def _place(self, code: CodeType, instruction: int) -> Place:
        if is_library(code):
            return NO_PLACE
        self.codes.add(code)
        return line_of(code, instruction), file_name(code.co_filename)


def _text(kind: str, value: Any) -> str | None:
    if kind in WITH_VALUE:
        return short_repr(value)
    if kind == kinds.EXIT:
        return "ok"
    if value is None:
        return None
    return without_addresses(str(value)) if kind in WITH_TEXT else str(value)


class _Names:
    """A name for every channel and lock of a run: its own, made unique with a number."""

    def __init__(self) -> None:
        self._of: dict[int, str] = {}
        self._kept: list[Any] = []  # so that no id is used twice
        self._used: set[str] = set()
        self.channels: dict[str, ChannelFacts] = {}
        self.things: list[ThingFacts] = []

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
        self.things.append(ThingFacts(name, type(thing).__name__))
        if hasattr(thing, "cap"):
            self.channels[name] = ChannelFacts(name, thing.cap, thing.type_name())
        return name


def _facts(
    goroutines: dict[int, Goroutine], events: tuple[Event, ...]
) -> tuple[GoroutineFacts, ...]:
    started: dict[int, int] = {}
    ended: dict[int, int] = {}
    for event in events:
        if event.kind == kinds.GO and event.object is not None:
            started.setdefault(int(event.object[1:]), event.step)
        elif event.kind in (kinds.END, kinds.CRASH, kinds.EXIT):
            ended[event.goroutine] = event.step
        else:
            started.setdefault(event.goroutine, event.step)
    facts = []
    for number in sorted(goroutines):
        who = goroutines[number]
        code = who.created_code
        facts.append(
            GoroutineFacts(
                id=number,
                name=name_of(who),
                created_by=who.created_by,
                line=line_of(code, who.created_at) if code is not None else 0,
                file=file_name(code.co_filename) if code is not None else "",
                started=started[number],
                ended=ended.get(number),
            )
        )
    return tuple(facts)


def _functions(reader: _Reader) -> tuple[FunctionFacts, ...]:
    """Of the code that did something, or started a goroutine."""
    created = (who.created_code for who in reader.goroutines.values())
    codes = reader.codes.union(code for code in created if code is not None)
    return tuple(sorted(_function(code) for code in codes if not is_library(code)))


@functools.lru_cache(maxsize=1024)
def _function(code: CodeType) -> FunctionFacts:
    return FunctionFacts(
        file_name(code.co_filename), code.co_firstlineno, _last_line(code), name_of_code(code)
    )


def _last_line(code: CodeType) -> int:
    return max((line for _, _, line in code.co_lines() if line), default=code.co_firstlineno)


def _sources(codes: set[CodeType]) -> tuple[Source, ...]:
    """The text of the functions that ran; a function inside another one comes with that."""
    blocks: dict[str, dict[int, int]] = {}
    for code in codes:
        last = _last_line(code)
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
