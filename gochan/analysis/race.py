"""Data races by happens-before, found whether or not the values came out right.

Two accesses to one variable, one of them a write, are a race if nothing orders them. A goroutine's
clock says how far it knows of each goroutine. What synchronises hands clocks on: who receives a
value knows what its sender knew, who locks knows what the last one to unlock knew. An access that
the next one's goroutine doesn't know of could as well have come at the same moment.

Source: The Go Memory Model (https://go.dev/ref/mem); Go's runtime/chan.go, runtime/race.go and the
race annotations of package sync.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from ..runtime import event as kinds
from ..trace.trace import CLOCK, Event, GoroutineFacts, Trace

BANNER = "=" * 18
READ, WRITE = "read", "write"

Clock = dict[int, int]  # of each goroutine, how many of its steps are known


@dataclass(frozen=True)
class Access:
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


@dataclass(frozen=True)
class Race:
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


def races(trace: Trace) -> list[Race]:
    """The data races of a recorded run, each pair of places once, in the order in which they came.

    Only what gochan sees can race: a `Var`, the map in it, a channel that is closed while somebody
    sends, a WaitGroup that is added to while somebody begins to wait.
    """
    return _Detector(trace).run()


@dataclass
class _Seen:
    """What was done to one variable: the last write, and the reads since, by goroutine."""

    write: tuple[Event, int] | None = None
    reads: dict[int, tuple[Event, int]] = field(default_factory=dict)


class _Detector:
    """Goes through the events in order, with a clock for each goroutine."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._facts = {facts.id: facts for facts in trace.goroutines}
        self._capacity = {facts.name: facts.cap for facts in trace.channels}
        self._type = dict(trace.things)
        self._clocks: dict[int, Clock] = defaultdict(dict)
        self._released: dict[str, Clock] = defaultdict(dict)  # by a lock, a close, a counter ...
        self._readers: dict[str, Clock] = defaultdict(dict)  # by those who have read-unlocked
        self._sent: dict[str, deque[tuple[int, Clock]]] = defaultdict(deque)
        self._received: dict[str, deque[Clock]] = defaultdict(deque)
        self._sends: dict[str, int] = defaultdict(int)
        self._count: dict[str, int] = defaultdict(int)  # of WaitGroups
        self._waits_for: dict[int, str] = {}  # a WaitGroup
        self._seen: dict[str, _Seen] = defaultdict(_Seen)
        self._found: dict[tuple[object, ...], Race] = {}

    def run(self) -> list[Race]:
        for event in self._trace.events:
            rule = RULES.get(event.kind)
            if rule is not None:
                rule(self, event)
        return list(self._found.values())

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

    def acquire(self, event: Event) -> None:
        """What was released on this thing comes before."""
        self._learn(event.goroutine, self._released[event.object or ""])

    def release(self, event: Event) -> None:
        """Comes before whoever acquires it next."""
        thing = event.object or ""
        self._released[thing] = dict(self._clocks[event.goroutine])
        self._tick(event.goroutine)

    def release_too(self, event: Event) -> None:
        """What others released stays known."""
        _merge(self._released[event.object or ""], self._clocks[event.goroutine])
        self._tick(event.goroutine)

    def synchronise(self, event: Event) -> None:
        """Acquires and releases, as what looks and changes at once."""
        self.acquire(event)
        self.release_too(event)

    def store(self, event: Event) -> None:
        """Comes before who sees this value; in an atomic nobody sees an earlier one any more."""
        kind = self._type.get(event.object or "")
        if kind == "Map":
            self.synchronise(event)  # one clock for all keys: what is stored under others remains
        elif kind == "Pool":
            self.release_too(event)
        else:
            self.release(event)

    def miss(self, event: Event) -> None:
        """Who misses a key of a Map sees who deleted it. An empty Pool says nothing of anybody."""
        if self._type.get(event.object or "") != "Pool":
            self.acquire(event)

    # -- what hands them on ------------------------------------------------------------------------

    def go(self, event: Event) -> None:
        """The go statement comes before the goroutine's start; a timer's setting before its."""
        child = int((event.object or "g0")[1:])
        self._learn(child, self._clocks[event.goroutine])
        self._tick(event.goroutine)
        self._tick(child)

    def send(self, event: Event) -> None:
        """The k-th receive comes before the (k + capacity)-th send is complete.

        It need not come before that send begins, nor then before its receive.
        """
        channel = event.object or ""
        if event.goroutine == CLOCK:
            self.fire(event)  # others may have fired since
        else:
            self._access(event, READ, channel)
        self._sent[channel].append((event.goroutine, dict(self._clocks[event.goroutine])))
        capacity = self._capacity.get(channel, 0)
        number = self._sends[channel]
        self._sends[channel] += 1
        if capacity and number >= capacity and self._received[channel]:
            self._learn(event.goroutine, self._received[channel].popleft())
        self._tick(event.goroutine)

    def recv(self, event: Event) -> None:
        """A send comes before its receive; without a buffer the receive before the send's end."""
        channel = event.object or ""
        if not self._sent[channel]:
            return  # it was in the buffer before the program began
        sender, known = self._sent[channel].popleft()
        receiver = dict(self._clocks[event.goroutine])
        self._learn(event.goroutine, known)
        if self._capacity.get(channel, 0):
            self._received[channel].append(receiver)
        elif sender != CLOCK:
            self._learn(sender, receiver)
        self._tick(event.goroutine)

    def close(self, event: Event) -> None:
        """A close comes before the receives that it gives a zero value; as a write, it can race."""
        if event.goroutine != CLOCK:
            self._access(event, WRITE, event.object or "")
        self.release(event)

    def block(self, event: Event) -> None:
        """A blocked sender has begun to send; who waits for a WaitGroup learns from it later."""
        thing = event.object or ""
        if event.value == "chan send":
            self.read(event)
        elif event.value == "select":
            for case in thing.split(", "):
                if case.endswith("<-"):
                    self._access(event, READ, case.removesuffix("<-"))
        elif event.value == "sync.WaitGroup.Wait":
            if thing not in self._waits_for.values():
                self._access(event, WRITE, thing)
            self._waits_for[event.goroutine] = thing

    def resume(self, event: Event) -> None:
        """Who has waited for a WaitGroup knows what those who counted down knew."""
        group = self._waits_for.pop(event.goroutine, None)
        if group is not None:
            self._learn(event.goroutine, self._released[group])

    def add(self, event: Event) -> None:
        """To an atomic: synchronises. To a WaitGroup: only counting down hands on.

        The first addition has to come before the waiting begins.
        """
        thing = event.object or ""
        if self._type.get(thing) != "WaitGroup":
            self.synchronise(event)
            return
        delta = int(event.value or 0)
        self._count[thing] += delta
        if delta < 0:
            self.release_too(event)
        elif delta and self._count[thing] == delta:
            self._access(event, READ, thing)

    def lock(self, event: Event) -> None:
        """The last unlock, and of a RWMutex all read-unlocks, come before."""
        self.acquire(event)
        self._learn(event.goroutine, self._readers[event.object or ""])

    def runlock(self, event: Event) -> None:
        """Comes before the next lock, and not before other readers."""
        _merge(self._readers[event.object or ""], self._clocks[event.goroutine])
        self._tick(event.goroutine)

    def err(self, event: Event) -> None:
        """Who sees that a context is cancelled comes after the cancelling."""
        if event.value is not None:
            self.acquire(event)

    def set_timer(self, event: Event) -> None:
        """Comes before what the timer does."""
        self.release(event)

    def fire(self, event: Event) -> None:
        """The clock acts for who set the timer, or the deadline."""
        self._clocks[CLOCK] = dict(self._released[event.object or ""])

    # -- accesses ----------------------------------------------------------------------------------

    def read(self, event: Event) -> None:
        """Of a variable; a send, as it begins, of its channel."""
        self._access(event, READ, event.object or "")

    def write(self, event: Event) -> None:
        """Of a variable."""
        self._access(event, WRITE, event.object or "")

    def look(self, event: Event) -> None:
        """Reads the variable, and the map in it: all its keys are one place."""
        self._access(event, READ, event.object or "")
        self._access(event, READ, f"the map {event.object}")

    def change(self, event: Event) -> None:
        """Reads the variable, and writes the map in it."""
        self._access(event, READ, event.object or "")
        self._access(event, WRITE, f"the map {event.object}")

    def _access(self, event: Event, kind: str, place: str) -> None:
        who, seen = event.goroutine, self._seen[place]
        now = self._tick(who)
        earlier = [(seen.write, WRITE)]
        if kind == WRITE:
            earlier += [(read, READ) for read in seen.reads.values()]
        for access, its_kind in earlier:
            if access is not None and access[1] > now.get(access[0].goroutine, 0):
                self._report(place, (access[0], its_kind), (event, kind))
        if kind == WRITE:
            seen.write, seen.reads = (event, now[who]), {}
        else:
            seen.reads[who] = event, now[who]

    def _report(self, place: str, first: tuple[Event, str], second: tuple[Event, str]) -> None:
        key = (place, *(part for one in (first, second) for part in (one[1], *one[0][6:])))
        if key not in self._found:
            self._found[key] = Race(place, self._described(*first), self._described(*second))

    def _described(self, event: Event, kind: str) -> Access:
        facts: GoroutineFacts = self._facts[event.goroutine]
        function = self._trace.function_at
        return Access(
            kind=kind,
            goroutine=facts.id,
            name=facts.name,
            function=function(event.file, event.line),
            file=event.file,
            line=event.line,
            running=facts.ended is None,
            created_in=function(facts.file, facts.line) if facts.file else "",
            created_file=facts.file,
            created_line=facts.line,
        )


def _merge(known: Clock, more: Clock) -> None:
    for who, count in more.items():
        if known.get(who, 0) < count:
            known[who] = count


RULES: dict[str, Callable[[_Detector, Event], None]] = {
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


def can_race(seen: set[str]) -> bool:
    """Whether events of these kinds can be a race at all: one of the two has to be a write."""
    return bool(seen & {kinds.WRITE, kinds.CHANGE, kinds.CLOSE}) or {kinds.BLOCK, kinds.ADD} <= seen
