"""What happened, in words: a sentence for each step, and a description of the whole.

The sentences stand beside pictures and are read aloud by screen readers, so each names who did what
and what came of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from ..runtime import event as kinds
from ..runtime.clock import duration_text
from ..trace.trace import BLOCKED, CLOCK, Event, Span, Trace


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
        """The name of goroutine `number`."""
        return self._of.get(number, f"g{number}")

    def all(self, numbers: list[int]) -> str:
        """`a`, `a and b`, `a, b and 3 more`."""
        shown = [self(number) for number in numbers]
        if len(shown) > 4:
            shown = [*shown[:3], f"{len(shown) - 3} more"]
        return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


class Sentence(NamedTuple):
    """A sentence as a form and the words for its blanks: `{} starts {}.`, `main`, `worker`.

    A long run has few forms, so a reader that gets many sentences is told each form once.
    """

    form: str
    words: tuple[str, ...]

    def text(self) -> str:
        """The sentence as it is read."""
        return self.form.format(*self.words)


def sentences(trace: Trace) -> list[str]:
    """One sentence for each of the trace's steps."""
    return [sentence.text() for sentence in forms(trace)]


def forms(trace: Trace) -> list[Sentence]:
    """The same sentences as forms and words."""
    names = Names(trace)
    caps = {facts.name: facts.cap for facts in trace.channels}
    return [_sentence(events, names, caps) for events in trace.steps()]


def _sentence(events: tuple[Event, ...], names: Names, caps: dict[str, int]) -> Sentence:
    parts: list[str] = []
    words: list[str] = []
    woken: list[int] = []
    ended = by_clock = False
    for event in events:
        ended = ended or event.kind in ENDS_A_CONTEXT
        by_clock = by_clock or (event.goroutine == CLOCK and event.kind in DONE_BY_CLOCK)
        if event.kind == kinds.READY and event.object:
            woken.append(int(event.object[1:]))
    for event in events:
        if event.kind in SILENT or (ended and event.kind == kinds.CLOSE):
            continue
        form, fields = _blanks(_form(event, caps))
        if form:
            parts.append(form)
            words += _words(event, fields, names)
    if woken:
        parts.append("{} can go on")
        words.append(names.all(woken))
    if not parts and (runs := [event for event in events if event.kind == kinds.RUN]):
        parts.append("{} runs")
        words.append(names(runs[-1].goroutine))
    if not parts:
        return NOTHING_TO_SAY
    if by_clock:
        return Sentence(f"At {{}} {'; '.join(parts)}.", (duration_text(events[0].time), *words))
    return Sentence(f"{'; '.join(parts)}.", tuple(words))


NOTHING_TO_SAY = Sentence("", ())
SILENT = (kinds.RUN, kinds.READY)


def _form(event: Event, caps: dict[str, int]) -> str:
    """What one event adds to the sentence; nothing for those that only say who runs."""
    kind = event.kind
    if kind == kinds.BLOCK:
        return _why_blocked(event.value or "", event.object or "", caps)
    if kind == kinds.SEND and event.goroutine == CLOCK:
        return "{thing} fires"
    if kind == kinds.ERR:
        return "{who} finds {thing} " + ("done: {value}" if event.value else "not cancelled")
    form = DONE.get(kind, "")
    return form + ": {value}" if kind == kinds.CANCEL and event.value else form


@lru_cache(maxsize=256)
def _blanks(form: str) -> tuple[str, tuple[str, ...]]:
    """`{who} starts {thing}` as `{} starts {}` and the names of its blanks."""
    return re.sub(r"{[^}]*}", "{}", form), tuple(re.findall(r"{([^}]*)}", form))


def _words(event: Event, fields: tuple[str, ...], names: Names) -> list[str]:
    words = []
    for field in fields:
        if field == "who":
            words.append(names(event.goroutine))
        elif field == "thing" and event.kind == kinds.GO and event.object:
            words.append(names(int(event.object[1:])))
        elif field == "thing":
            words.append(event.object or "")
        else:
            words.append(repr(event.value or "") if field == "value!r" else event.value or "")
    return words


DONE = {
    kinds.GO: "{who} starts {thing}",
    kinds.SEND: "{who} sends {value} on {thing}",
    kinds.RECV: "{who} receives {value} from {thing}",
    kinds.SEND_CLOSED: "{who} must not send on {thing}: it is closed",
    kinds.RECV_CLOSED: "{who} gets {value}, false: {thing} is closed",
    kinds.CLOSE: "{who} closes {thing}",
    kinds.DEFAULT: "{who} takes default: no case is ready",
    kinds.LOCK: "{who} locks {thing}",
    kinds.UNLOCK: "{who} unlocks {thing}",
    kinds.TRY_LOCK: "{who} fails to lock {thing}",
    kinds.RLOCK: "{who} read-locks {thing}",
    kinds.RUNLOCK: "{who} read-unlocks {thing}",
    kinds.TRY_RLOCK: "{who} fails to read-lock {thing}",
    kinds.ADD: "{who} adds {value} to {thing}",
    kinds.WAIT: "{who} need not wait for {thing}",
    kinds.DO: "{who} is the first to do {thing}",
    kinds.DONE: "{who} has done {thing}",
    kinds.SKIP: "{who} need not do {thing}: it is done",
    kinds.SIGNAL: "{who} signals {thing}",
    kinds.BROADCAST: "{who} broadcasts on {thing}",
    kinds.LOAD: "{who} loads {value} from {thing}",
    kinds.STORE: "{who} stores {value} in {thing}",
    kinds.SWAP: "{who} swaps {value} into {thing}",
    kinds.TRY_SWAP: "{who} changes nothing: {thing} holds {value}",
    kinds.MISS: "{who} finds no {value} in {thing}",
    kinds.DELETE: "{who} deletes {value} from {thing}",
    kinds.CLEAR: "{who} clears {thing}",
    kinds.RANGE: "{who} goes through {thing}",
    kinds.READ: "{who} reads {value} from {thing}",
    kinds.WRITE: "{who} writes {value} to {thing}",
    kinds.LOOK: "{who} goes into the map {thing} to read {value}",
    kinds.CHANGE: "{who} goes into the map {thing} to write {value}",
    kinds.LEAVE: "{who} comes out of the map {thing}",
    kinds.SET: "{who} sets {thing}",
    kinds.STOP: "{who} stops {thing}",
    kinds.DERIVE: "{who} derives {thing} from {value}",
    kinds.CANCEL: "{who} cancels {thing}",
    kinds.CANCEL_AGAIN: "{who} cancels {thing}, which is cancelled already",
    kinds.EXPIRE: "the deadline of {thing} passes",
    kinds.CANCELED: "{thing} is cancelled with it",
    kinds.LIMIT: "{who} limits {thing} to {value} at a time",
    kinds.YIELD: "{who} stands back",
    kinds.PRINT: "{who} prints {value!r}",
    kinds.END: "{who} returns",
    kinds.CRASH: "{who} panics: {value}",
    kinds.EXIT: "main returns: the program is over",
}

DONE_BY_CLOCK = (kinds.READY, kinds.FIRE, kinds.EXPIRE)
ENDS_A_CONTEXT = (kinds.CANCEL, kinds.EXPIRE, kinds.CANCELED)  # and with that closes its channel

BLOCKS = {
    "chan receive": "{who} has to wait: nothing to receive from {thing}",
    "select": "{who} waits in a select on {thing}",
    "sleep": "{who} sleeps",
    "working": "{who} works, on {thing}",
    "runnable": "{who} waits for a free processor",
    "sync.Mutex.Lock": "{who} has to wait: {thing} is locked",
    "sync.RWMutex.Lock": "{who} has to wait: {thing} is being read",
    "sync.RWMutex.RLock": "{who} has to wait to read: {thing} is locked, or a writer waits for it",
    "sync.Cond.Wait": "{who} waits for a signal on {thing}",
    "sync.WaitGroup.Wait": "{who} waits for {thing} to come down to zero",
}


def _why_blocked(reason: str, thing: str, caps: dict[str, int]) -> str:
    if reason == "chan send" and caps.get(thing):
        return "{who} has to wait: {thing} is full (" + f"{caps[thing]} of {caps[thing]})"
    if reason == "chan send" and (thing in caps or not caps):  # Go's own traces hold no channels
        return "{who} has to wait: nobody is ready to receive from {thing}"
    return BLOCKS.get(reason, "{who} waits for ever [{value}]")


def description(trace: Trace) -> str:
    """The whole run in a few sentences: the alt text of its pictures."""
    names = Names(trace)
    count = len(trace.goroutines)
    head = f"{count} goroutine{'s' if count != 1 else ''} over {duration_text(trace.end)}"
    values = len(trace.messages())
    parts = [f"Timeline of {head}, {values} value{'s' if values != 1 else ''} sent."]
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
