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
NO_EVENTS = {kinds.ENTER, kinds.HERE, kinds.TIME}
Place = tuple[CodeType, int]  # code and instruction
Entry = tuple[str, int, int, int, Any, Any, Place | None]


class Recorder:
    """Gives a run a tape, and makes a Trace of it when the run is over."""

    def __init__(self, run: Scheduler) -> None:
        self._run = run
        self._tape: Tape = []
        run.tape = self._tape
        self._names = Names()

    def kinds(self) -> set[str]:
        """The kinds of what was noted."""
        return set(self._tape[::5])

    def entries(self) -> Iterator[Entry]:
        """What was noted, as it is, for who can't wait for a Trace; see `entries`."""
        return entries(self._tape)

    def goroutines(self) -> dict[int, Goroutine]:
        """Those that did anything, or were started, by their numbers."""
        return {thing.id: thing for thing in self._tape[1::5] if type(thing) is Goroutine}

    def names(self) -> Names:
        """The names of all that was noted, as in a Trace."""
        names = Names()
        seen = set()
        cells = iter(self._tape)
        for kind, thing, value, _, _ in zip(cells, cells, cells, cells, cells, strict=True):
            if id(thing) not in seen and kind != kinds.HERE:
                seen.add(id(thing))
                names.of(thing)
            if type(value) is tuple:  # of `tell_with`
                names.of(value[0])
        return names

    def name_of(self, thing: Any) -> str | None:
        """What the Trace made last calls a channel or a lock; what isn't in it gets a name now."""
        return self._names.of(thing)

    def trace(self, *, sources: bool = True) -> Trace:
        """What happened, as plain data.

        Parameters
        ----------
        sources
            With the text of the program.
        """
        run = self._run
        names = self._names = self.names()
        events = tuple(_events(self._tape, names))
        goroutines = self.goroutines()
        codes = _codes(self._tape)
        return Trace(
            events=events,
            goroutines=_facts(goroutines, events),
            channels=tuple(names.channels.values()),
            sources=_sources(codes) if sources else (),
            things=tuple(names.things),
            functions=_functions(codes, goroutines),
            procs=run.processors.count,
            outcome=run.outcome or "ok",
            message=_first_line(run.error),
            output=run.output.text if run.output is not None else "",
            end=run.elapsed,
        )


def entries(tape: Tape) -> Iterator[Entry]:
    """Reads a tape: kind, time, step, who did it, to what, the value, and where in the program.

    Who, when and where is what the entries before say; those that are no events only move it on.
    """
    time = step = 0
    running = CLOCK
    places: dict[int, Place] = {}  # where each goroutine stands
    cells = iter(tape)
    for kind, thing, value, code, rest in zip(cells, cells, cells, cells, cells, strict=True):
        who = running
        if code is not None:
            step += 1
        if type(code) is CodeType:
            if not is_library(code):
                places[running] = code, rest
        elif rest is not None:
            who = CLOCK if rest is kinds.CLOCK else rest.id
        if kind == kinds.RUN:
            who = running = thing.id
        elif kind == kinds.TIME:
            time, running = value, CLOCK
        elif kind == kinds.HERE and not is_library(thing):
            places[running] = thing, value
        if kind not in NO_EVENTS:
            yield kind, time, step, who, thing, value, places.get(who)


def _events(tape: Tape, names: Names) -> Iterator[Event]:
    known: dict[tuple[int, int], tuple[int, str]] = {}
    for kind, time, step, who, thing, value, place in entries(tape):
        line, file = 0, ""
        if place is not None:
            key = id(place[0]), place[1]
            line, file = known.get(key) or known.setdefault(key, _line_and_file(*place))
        name = names.of(thing) if kind != kinds.RUN else None
        yield Event(kind, time, step, who, name, _told(kind, value, names), line, file)


def _line_and_file(code: CodeType, instruction: int) -> tuple[int, str]:
    return line_of(code, instruction), file_name(code.co_filename)


def _codes(tape: Tape) -> set[CodeType]:
    """The functions of the program that did something."""
    found = {id(code): code for code in tape[3::5] if isinstance(code, CodeType)}
    found |= {id(code): code for code in tape[1::5] if isinstance(code, CodeType)}  # HERE
    return {code for code in found.values() if not is_library(code)}


def _told(kind: str, value: Any, names: Names) -> str | None:
    if type(value) is tuple:  # of `tell_with`
        other, words = value
        return f"{names.of(other)}{words}"
    return _text(kind, value)


def _text(kind: str, value: Any) -> str | None:
    if kind in WITH_VALUE:
        return short_repr(value)
    if kind == kinds.EXIT:
        return "ok"
    if value is None:
        return None
    return without_addresses(str(value)) if kind in WITH_TEXT else str(value)


class Names:
    """A name for every channel and lock of a run: its own, made unique with a number."""

    def __init__(self) -> None:
        self._of: dict[int, str] = {}
        self._kept: list[Any] = []  # so that no id is used twice
        self._used: set[str] = set()
        self._last: dict[tuple[str, bool], int] = {}  # the number that the last such thing got
        self.channels: dict[str, ChannelFacts] = {}
        self.things: list[ThingFacts] = []

    def of(self, thing: Any) -> str | None:
        """What a thing is called; a goroutine is `g3`, a list the cases of a select."""
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
        number = self._last.get((base, own is None), 1 if own is None else 0)
        name = f"{base} {number}" if number else base
        while name in self._used:
            number = number + 1 if number else 2
            name = f"{base} {number}"
        self._used.add(name)
        self._last[base, own is None] = number
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


def _functions(codes: set[CodeType], goroutines: dict[int, Goroutine]) -> tuple[FunctionFacts, ...]:
    """Of the code that did something, or started a goroutine."""
    created = (who.created_code for who in goroutines.values())
    codes = codes.union(code for code in created if code is not None)
    return tuple(sorted(_function(code) for code in codes if not is_library(code)))


def _function(code: CodeType) -> FunctionFacts:
    return FunctionFacts(
        file_name(code.co_filename), code.co_firstlineno, _last_line(code), name_of_code(code)
    )


@functools.lru_cache(maxsize=1024)  # not of its file: an equal function may be in another one
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
