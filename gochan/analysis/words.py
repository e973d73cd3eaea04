"""What happened, in words: a sentence for each step, and a description of the whole.

The sentences stand beside pictures and are read aloud by screen readers, so each names who did what
and what came of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from ..runtime import event as kinds
from ..runtime.clock import duration_text
from ..trace.trace import BLOCKED, Event, Span, Trace


class Names:
    """What the goroutines of a trace are called: `worker`, or `worker g3` if there are several."""

    def __init__(self, trace: Trace) -> None:
        count: dict[str, int] = defaultdict(int)
        for facts in trace.goroutines:
            count[facts.name] += 1
        self._of = {
            facts.id: facts.name if count[facts.name] == 1 else f"{facts.name} g{facts.id}"
            for facts in trace.goroutines
        }
        self._of[0] = "the clock"

    def __call__(self, number: int) -> str:
        return self._of.get(number, f"g{number}")

    def all(self, numbers: list[int]) -> str:
        """`a`, `a and b`, `a, b and 3 more`."""
        shown = [self(number) for number in numbers]
        if len(shown) > 4:
            shown = [*shown[:3], f"{len(shown) - 3} more"]
        return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def steps_of(trace: Trace) -> list[list[Event]]:
    """The events of each step in which something happened."""
    steps: list[list[Event]] = []
    for event in trace.events:
        if not steps or steps[-1][0].step != event.step:
            steps.append([])
        steps[-1].append(event)
    return steps


def sentences(trace: Trace) -> list[str]:
    """One sentence for each step of `steps_of`."""
    names = Names(trace)
    teller = _Teller(names, {facts.name: facts.cap for facts in trace.channels})
    return [teller.sentence(events) for events in steps_of(trace)]


class _Teller:
    def __init__(self, names: Names, caps: dict[str, int]) -> None:
        self._names = names
        self._caps = caps
        self._level: dict[str, int] = defaultdict(int)
        self._waits: dict[int, str] = {}

    def sentence(self, events: list[Event]) -> str:
        parts = [part for part in map(self._part, events) if part]
        woken = [int(e.object[1:]) for e in events if e.kind == kinds.READY and e.object]
        if woken:
            parts.append(f"{self._names.all(woken)} can go on")
        parts = parts or self._who_runs(events)
        by_clock = any(e.kind in (kinds.READY, kinds.FIRE) and e.goroutine == 0 for e in events)
        when = f"At {duration_text(events[0].time)} " if by_clock else ""
        return f"{when}{'; '.join(parts)}." if parts else ""

    def _who_runs(self, events: list[Event]) -> list[str]:
        runs = [event for event in events if event.kind == kinds.RUN]
        return [f"{self._names(runs[-1].goroutine)} runs"] if runs else []

    def _part(self, event: Event) -> str:
        tell = PARTS.get(event.kind)
        return tell(self, event, self._names(event.goroutine)) if tell is not None else ""

    def _go(self, event: Event, who: str) -> str:
        started = self._names(int((event.object or "g0")[1:]))
        return f"{who} starts {started}"

    def _send(self, event: Event, who: str) -> str:
        channel = event.object or ""
        self._level[channel] += 1
        if event.goroutine == 0:
            return f"{channel} fires"
        return f"{who} sends {event.value} on {channel}"

    def _recv(self, event: Event, who: str) -> str:
        channel = event.object or ""
        self._level[channel] -= 1
        return f"{who} receives {event.value} from {channel}"

    def _block(self, event: Event, who: str) -> str:
        reason, thing = event.value or "", event.object or ""
        if reason == "chan send" and "<-" not in thing:
            full = self._caps.get(thing, 0)
            why = f"is full ({full} of {full})" if full else "has no receiver ready"
            return f"{who} has to wait: {thing} {why}"
        if reason == "chan receive" and "<-" not in thing:
            return f"{who} has to wait: nothing to receive from {thing}"
        if reason == "select":
            return f"{who} waits in a select on {thing}"
        if reason == "sleep":
            return f"{who} sleeps"
        if reason == "working":
            return f"{who} works, on {thing}"
        if reason == "runnable":
            return f"{who} waits for a free processor"
        if reason == "sync.Mutex.Lock":
            return f"{who} has to wait: {thing} is locked"
        if reason == "sync.WaitGroup.Wait":
            return f"{who} waits for {thing} to come down to zero"
        return f"{who} waits [{reason}]" + (f" on {thing}" if thing and thing != "nil" else "")


Tell = Callable[[_Teller, Event, str], str]

PARTS: dict[str, Tell] = {
    kinds.GO: _Teller._go,
    kinds.SEND: _Teller._send,
    kinds.RECV: _Teller._recv,
    kinds.BLOCK: _Teller._block,
    kinds.RECV_CLOSED: lambda _, e, who: f"{who} gets {e.value}, false: {e.object} is closed",
    kinds.CLOSE: lambda _, e, who: f"{who} closes {e.object}",
    kinds.DEFAULT: lambda _, e, who: f"{who} takes default: no case is ready",
    kinds.LOCK: lambda _, e, who: f"{who} locks {e.object}",
    kinds.UNLOCK: lambda _, e, who: f"{who} unlocks {e.object}",
    kinds.TRY_LOCK: lambda _, e, who: f"{who} fails to lock {e.object}",
    kinds.ADD: lambda _, e, who: f"{who} adds {e.value} to {e.object}",
    kinds.WAIT: lambda _, e, who: f"{who} need not wait for {e.object}",
    kinds.SET: lambda _, e, who: f"{who} sets {e.object}",
    kinds.STOP: lambda _, e, who: f"{who} stops {e.object}",
    kinds.YIELD: lambda _, e, who: f"{who} stands back",
    kinds.PRINT: lambda _, e, who: f"{who} prints {e.value!r}",
    kinds.END: lambda _, e, who: f"{who} returns",
    kinds.CRASH: lambda _, e, who: f"{who} panics: {e.value}",
    kinds.EXIT: lambda _, e, who: "main returns: the program is over",
}


def description(trace: Trace) -> str:
    """The whole run in a few sentences: the alt text of its pictures."""
    names = Names(trace)
    count = len(trace.goroutines)
    head = f"{count} goroutine{'s' if count != 1 else ''} over {duration_text(trace.end)}"
    parts = [f"Timeline of {head}, {len(trace.messages())} values sent."]
    parts += [f"{part}." for part in _longest_waits(trace, names)]
    parts.append(ending(trace))
    return " ".join(parts)


def _longest_waits(trace: Trace, names: Names) -> list[str]:
    """For the three goroutines that were blocked longest: how long, and where mostly."""
    total: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for span in trace.spans():
        if span.state == BLOCKED and span.end > span.start:
            total[span.goroutine][waiting_for(span)] += span.end - span.start
    longest = sorted(total.items(), key=lambda item: -sum(item[1].values()))[:3]
    return [
        f"{names(who)} is blocked for {duration_text(sum(waits.values()))}, "
        f"mostly in {max(waits, key=lambda wait: waits[wait])}"
        for who, waits in longest
    ]


def waiting_for(span: Span) -> str:
    """`chan send on jobs`."""
    return f"{span.reason} on {span.object}" if span.object else span.reason


def ending(trace: Trace) -> str:
    """How the program ended, in a sentence."""
    if trace.outcome == "ok":
        return "main returned."
    if trace.outcome == "cut":
        return f"Cut off at {duration_text(trace.end)}."
    if trace.outcome == "deadlock":
        return "It ended in a deadlock: nobody could go on."
    return f"It ended with a {trace.outcome}: {trace.message}."
