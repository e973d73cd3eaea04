"""Data races by happens-before, found whether or not the values came out right.

Two accesses to one variable, one of them a write, are a race if nothing orders them. A goroutine's
clock says how far it knows of each goroutine. What synchronises hands clocks on: who receives a
value knows what its sender knew, who locks knows what the last one to unlock knew. An access that
the next one's goroutine doesn't know of could as well have come at the same moment.

Source: The Go Memory Model (https://go.dev/ref/mem); Go's runtime/chan.go, runtime/race.go and the
race annotations of package sync.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..runtime import event as kinds
from ..runtime.goroutine import Goroutine, name_of
from ..runtime.source import NOWHERE, Where, line_of
from ..runtime.source import place as where_in
from ..sync import Map, Pool, WaitGroup
from ..trace.recorder import Place, Recorder
from ..trace.trace import CLOCK

BANNER = "=" * 18
READ, WRITE = "read", "write"
INSIDE = "the map "  # in the variable
ENDS = {kinds.END, kinds.CRASH, kinds.EXIT}

Clock = dict[int, int]  # of each goroutine, how many of its steps are known


class Access(NamedTuple):
    """One of the two accesses: `kind` is "read" or "write"."""

    kind: str
    goroutine: int
    name: str
    function: str
    file: str
    line: int
    running: bool  # still, when the program ended
    created_in: str  # the function of the `go`; "" for main
    created_file: str
    created_line: int


class Race(NamedTuple):
    """Two accesses to `object` that nothing orders; `first` came first in this run."""

    object: str
    first: Access
    second: Access

    def text(self) -> str:
        """In the form of Go's report.

        Source: Go's race detector, https://go.dev/doc/articles/race_detector.
        """
        lines = [BANNER, "WARNING: DATA RACE"]
        lines += _access_lines(self.second, self.object, "")
        lines += ["", *_access_lines(self.first, self.object, "previous ")]
        for one in (self.second, self.first):
            if one.created_in:
                state = "running" if one.running else "finished"
                lines += ["", f"Goroutine {one.goroutine} ({state}) created at:"]
                lines += _frame(one.created_in, one.created_file, one.created_line)
        return "\n".join([*lines, BANNER])

    def __str__(self) -> str:
        return self.text()


def _access_lines(access: Access, thing: str, before: str) -> list[str]:
    who = "main goroutine" if access.goroutine == 1 else f"goroutine {access.goroutine}"
    head = f"{before}{access.kind} at {thing} by {who}:"
    return [head[0].upper() + head[1:], *_frame(access.function, access.file, access.line)]


def _frame(function: str, file: str, line: int) -> list[str]:
    return [f"  main.{function}()", f"      {file}:{line}"]


def races(recorder: Recorder, *, after_main: bool = True) -> list[Race]:
    """The data races of a run, each pair of places once, in the order in which they came.

    Only what gochan sees can race: a `Var`, the map in it, a channel that is closed while somebody
    sends, a WaitGroup that is added to while somebody begins to wait.

    `explore` asks this of each of its runs. So it is read from what the run noted, without making a
    Trace of it, and names and lines are looked up only for what is reported.

    Parameters
    ----------
    recorder
        The run's.
    after_main
        Whether the time after main's return counts.
    """
    if not _can_race(recorder.kinds()):
        return []
    detector = _Detector()
    detector.run(recorder, after_main)
    return _described(recorder, detector) if detector.found else []


def _can_race(seen: set[str]) -> bool:
    """Whether events of these kinds can be a race at all: one of the two has to be a write."""
    return bool(seen & {kinds.WRITE, kinds.CHANGE, kinds.CLOSE}) or {kinds.BLOCK, kinds.ADD} <= seen


class _Use(NamedTuple):
    """An access: who made it, as which of its steps, and where."""

    kind: str
    goroutine: int
    number: int
    place: Place | None


class _Pair(NamedTuple):
    """Two uses of one thing, or of the map in it, that nothing orders."""

    thing: Any
    part: str
    first: _Use
    second: _Use


@dataclass
class _Seen:
    """What was done to one variable: the last write, and the reads since, by goroutine."""

    write: _Use | None = None
    reads: dict[int, _Use] = field(default_factory=dict)


class _Detector:
    """Goes through what happened in order, with a clock for each goroutine.

    Things are known by their ids: the tape holds them, so none is used twice.
    """

    def __init__(self) -> None:
        self.found: list[_Pair] = []
        self.ended: set[int] = set()  # goroutines
        self._value: Any = None  # of what is looked at now
        self._place: Place | None = None
        self._clocks: dict[int, Clock] = defaultdict(dict)
        self._released: dict[int, Clock] = defaultdict(dict)  # by a lock, a close, a counter ...
        self._readers: dict[int, Clock] = defaultdict(dict)  # by those who have read-unlocked
        self._sent: dict[int, deque[tuple[int, Clock]]] = defaultdict(deque)
        self._received: dict[int, deque[Clock]] = defaultdict(deque)
        self._sends: dict[int, int] = defaultdict(int)
        self._count: dict[int, int] = defaultdict(int)  # of WaitGroups
        self._waits_for: dict[int, Any] = {}  # a WaitGroup
        self._seen: dict[tuple[int, str], _Seen] = defaultdict(_Seen)

    def run(self, recorder: Recorder, after_main: bool) -> None:
        """Finds the pairs, also those that come again and again."""
        last: float = math.inf  # the moment after which nothing counts
        for kind, time, _, who, thing, value, place in recorder.entries():
            if kind in ENDS:
                self.ended.add(who)
            if kind == kinds.EXIT and not after_main:
                last = time  # what others do at this moment could as well come before
            rule = RULES.get(kind)
            if rule is not None and time <= last:
                self._value, self._place = value, place
                rule(self, who, thing)

    # -- clocks ------------------------------------------------------------------------------------

    def _tick(self, goroutine: int) -> Clock:
        """The clock of a goroutine, which takes a step."""
        clock = self._clocks[goroutine]
        clock[goroutine] = clock.get(goroutine, 0) + 1
        return clock

    def _learn(self, goroutine: int, known: Clock) -> None:
        clock = self._clocks[goroutine]
        for who, count in known.items():
            if clock.get(who, 0) < count:
                clock[who] = count

    def acquire(self, who: int, thing: Any) -> None:
        """What was released on this thing comes before."""
        self._learn(who, self._released[id(thing)])

    def release(self, who: int, thing: Any) -> None:
        """Comes before whoever acquires it next."""
        self._released[id(thing)] = dict(self._clocks[who])
        self._tick(who)

    def release_too(self, who: int, thing: Any) -> None:
        """What others released stays known."""
        _merge(self._released[id(thing)], self._clocks[who])
        self._tick(who)

    def synchronise(self, who: int, thing: Any) -> None:
        """Acquires and releases, as what looks and changes at once."""
        self.acquire(who, thing)
        self.release_too(who, thing)

    def store(self, who: int, thing: Any) -> None:
        """Comes before who sees this value; in an atomic nobody sees an earlier one any more."""
        if isinstance(thing, Map):
            self.synchronise(
                who, thing
            )  # one clock for all keys: what is stored under others remains
        elif isinstance(thing, Pool):
            self.release_too(who, thing)
        else:
            self.release(who, thing)

    def miss(self, who: int, thing: Any) -> None:
        """Who misses a key of a Map sees who deleted it. An empty Pool says nothing of anybody."""
        if not isinstance(thing, Pool):
            self.acquire(who, thing)

    # -- what hands them on ------------------------------------------------------------------------

    def go(self, who: int, thing: Any) -> None:
        """The go statement comes before the goroutine's start; a timer's setting before its."""
        child = thing.id
        self._learn(child, self._clocks[who])
        self._tick(who)
        self._tick(child)

    def send(self, who: int, thing: Any) -> None:
        """The k-th receive comes before the (k + capacity)-th send is complete.

        It need not come before that send begins, nor then before its receive.
        """
        channel = id(thing)
        if who == CLOCK:
            self.fire(who, thing)  # others may have fired since
        else:
            self._access(who, READ, thing)
        self._sent[channel].append((who, dict(self._clocks[who])))
        capacity = thing.cap
        number = self._sends[channel]
        self._sends[channel] += 1
        if capacity and number >= capacity and self._received[channel]:
            self._learn(who, self._received[channel].popleft())
        self._tick(who)

    def recv(self, who: int, thing: Any) -> None:
        """A send comes before its receive; without a buffer the receive before the send's end."""
        channel = id(thing)
        if not self._sent[channel]:
            return  # it was in the buffer before the program began
        sender, known = self._sent[channel].popleft()
        receiver = dict(self._clocks[who])
        self._learn(who, known)
        if thing.cap:
            self._received[channel].append(receiver)
        elif sender != CLOCK:
            self._learn(sender, receiver)
        self._tick(who)

    def close(self, who: int, thing: Any) -> None:
        """A close comes before the receives that it gives a zero value; as a write, it can race."""
        if who != CLOCK:
            self._access(who, WRITE, thing)
        self.release(who, thing)

    def block(self, who: int, thing: Any) -> None:
        """A blocked sender has begun to send; who waits for a WaitGroup learns from it later."""
        if self._value == "chan send":
            self.read(who, thing)
        elif self._value == "select":
            for case in thing or ():
                if case.direction == "send":
                    self._access(who, READ, case.channel)
        elif self._value == "sync.WaitGroup.Wait":
            if thing not in self._waits_for.values():
                self._access(who, WRITE, thing)
            self._waits_for[who] = thing

    def resume(self, who: int, thing: Any) -> None:
        """Who has waited for a WaitGroup knows what those who counted down knew."""
        group = self._waits_for.pop(who, None)
        if group is not None:
            self._learn(who, self._released[id(group)])

    def add(self, who: int, thing: Any) -> None:
        """To an atomic: synchronises. To a WaitGroup: only counting down hands on.

        The first addition has to come before the waiting begins.
        """
        if not isinstance(thing, WaitGroup):
            self.synchronise(who, thing)
            return
        self._count[id(thing)] += self._value
        if self._value < 0:
            self.release_too(who, thing)
        elif self._value and self._count[id(thing)] == self._value:
            self._access(who, READ, thing)

    def lock(self, who: int, thing: Any) -> None:
        """The last unlock, and of a RWMutex all read-unlocks, come before."""
        self.acquire(who, thing)
        self._learn(who, self._readers[id(thing)])

    def runlock(self, who: int, thing: Any) -> None:
        """Comes before the next lock, and not before other readers."""
        _merge(self._readers[id(thing)], self._clocks[who])
        self._tick(who)

    def err(self, who: int, thing: Any) -> None:
        """Who sees that a context is cancelled comes after the cancelling."""
        if self._value is not None:
            self.acquire(who, thing)

    def set_timer(self, who: int, thing: Any) -> None:
        """Comes before what the timer does."""
        self.release(who, thing)

    def fire(self, who: int, thing: Any) -> None:
        """The clock acts for who set the timer, or the deadline."""
        self._clocks[CLOCK] = dict(self._released[id(thing)])

    # -- accesses ----------------------------------------------------------------------------------

    def read(self, who: int, thing: Any) -> None:
        """Of a variable; a send, as it begins, of its channel."""
        self._access(who, READ, thing)

    def write(self, who: int, thing: Any) -> None:
        """Of a variable."""
        self._access(who, WRITE, thing)

    def look(self, who: int, thing: Any) -> None:
        """Reads the variable, and the map in it: all its keys are one place."""
        self._access(who, READ, thing)
        self._access(who, READ, thing, INSIDE)

    def change(self, who: int, thing: Any) -> None:
        """Reads the variable, and writes the map in it."""
        self._access(who, READ, thing)
        self._access(who, WRITE, thing, INSIDE)

    def _access(self, who: int, kind: str, thing: Any, part: str = "") -> None:
        seen = self._seen[id(thing), part]
        now = self._tick(who)
        use = _Use(kind, who, now[who], self._place)
        if seen.write is not None:
            self._compare(seen.write, use, now, thing, part)
        if kind == READ:
            seen.reads[who] = use
            return
        for read in seen.reads.values():
            self._compare(read, use, now, thing, part)
        seen.write, seen.reads = use, {}

    def _compare(self, first: _Use, second: _Use, now: Clock, thing: Any, part: str) -> None:
        if first.number > now.get(first.goroutine, 0):
            self.found.append(_Pair(thing, part, first, second))


def _merge(known: Clock, more: Clock) -> None:
    for who, count in more.items():
        if known.get(who, 0) < count:
            known[who] = count


RULES: dict[str, Callable[[_Detector, int, Any], None]] = {
    kinds.GO: _Detector.go,
    kinds.RUN: _Detector.resume,
    kinds.BLOCK: _Detector.block,
    kinds.SEND: _Detector.send,
    kinds.RECV: _Detector.recv,
    kinds.SEND_CLOSED: _Detector.read,
    kinds.RECV_CLOSED: _Detector.acquire,
    kinds.CLOSE: _Detector.close,
    kinds.LOCK: _Detector.lock,
    kinds.UNLOCK: _Detector.release,
    kinds.RLOCK: _Detector.acquire,
    kinds.RUNLOCK: _Detector.runlock,
    kinds.ADD: _Detector.add,
    kinds.WAIT: _Detector.acquire,
    kinds.DONE: _Detector.release,
    kinds.SKIP: _Detector.acquire,
    kinds.LOAD: _Detector.acquire,
    kinds.STORE: _Detector.store,
    kinds.SWAP: _Detector.synchronise,
    kinds.TRY_SWAP: _Detector.acquire,
    kinds.MISS: _Detector.miss,
    kinds.DELETE: _Detector.synchronise,
    kinds.CLEAR: _Detector.release_too,
    kinds.RANGE: _Detector.acquire,
    kinds.DERIVE: _Detector.release_too,
    kinds.EXPIRE: _Detector.fire,
    kinds.CANCEL: _Detector.release_too,
    kinds.CANCELED: _Detector.release_too,
    kinds.ERR: _Detector.err,
    kinds.SET: _Detector.set_timer,
    kinds.FIRE: _Detector.fire,
    kinds.READ: _Detector.read,
    kinds.WRITE: _Detector.write,
    kinds.LOOK: _Detector.look,
    kinds.CHANGE: _Detector.change,
}


def _described(recorder: Recorder, detector: _Detector) -> list[Race]:
    """Each pair of places once, in words."""
    names, goroutines, places = recorder.names(), recorder.goroutines(), _Places()
    found: dict[tuple[Any, ...], Race] = {}
    for thing, part, first, second in detector.found:
        lines = places.of(first.place)[:2], places.of(second.place)[:2]
        key = (id(thing), part, first.kind, second.kind, lines)
        if key not in found:
            accesses = [
                _access(use, goroutines[use.goroutine], places, use.goroutine not in detector.ended)
                for use in (first, second)
            ]
            found[key] = Race(f"{part}{names.of(thing) or ''}", *accesses)
    return list(found.values())


def _access(use: _Use, who: Goroutine, places: _Places, running: bool) -> Access:
    at, code = places.of(use.place), who.created_code
    made = places.of((code, who.created_at) if code is not None else None)
    return Access(
        kind=use.kind,
        goroutine=who.id,
        name=name_of(who),
        function=at.function,
        file=at.file,
        line=at.line,
        running=running,
        created_in=made.function,
        created_file=made.file,
        created_line=made.line,
    )


class _Places:
    """What places are called: the same few again and again."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], Where] = {}

    def of(self, place: Place | None) -> Where:
        if place is None:
            return NOWHERE
        code, instruction = place
        known = self._known.get((id(code), instruction))
        if known is None:
            known = where_in(code, line_of(code, instruction))
            self._known[id(code), instruction] = known
        return known
