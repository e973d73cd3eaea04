"""What the Player's view in the browser needs, as plain JSON: geometry, words and lines.

Places are numbers of stops: stop k is the moment after the k-th step in which something happened.
The time of a stop holds for all that happens there, so only stops are told, and their times once.

A run may have 100,000 events, so rows are told as columns: one list for each of their cells. Stops
that only grow are told as differences, and every text once, in `words`; a cell has its number.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from operator import sub
from typing import Any, TypeVar

from ..analysis.waits import wakers
from ..analysis.words import description, ending, forms
from ..charts.layout import Bar, Layout, layout, worth_seeing
from ..charts.style import LOOKS, MOST_LANES
from ..runtime import event as kinds
from ..trace.trace import Trace

STATES = tuple(LOOKS)
NOBODY = -1

Key = TypeVar("Key", bound=Hashable)


class Numbers(dict[Key, int]):
    """Gives each different thing a number, from 0 on; they stand in this order."""

    def __missing__(self, thing: Key) -> int:
        number = self[thing] = len(self)
        return number


def payload(trace: Trace) -> dict[str, Any]:
    """The view's data.

    Keys: `words` (the texts), `times` (ns, one for each stop, as differences), `sentences`,
    `doers` (for each stop the goroutine that acted), `lanes` (goroutine and label, of all), `shown`
    (the numbers of the lanes worth seeing first), `bars`, `waits` (what a bar may say: state,
    reason, thing), `arrows`, `marks`, `channels`, `lines`, `places` (source and line), `sources`,
    `prints`, `wakers`, `outcome`, `ending`, `alt`, `looks`.
    """
    geometry = layout(trace, most_lanes=len(trace.goroutines))
    lane_of = {lane.goroutine: number for number, lane in enumerate(geometry.lanes)}
    stop_of = {step: number for number, step in enumerate(geometry.steps)}
    words: Numbers[str] = Numbers()
    waits: Numbers[tuple[int, int, int]] = Numbers()
    places: Numbers[tuple[int, int]] = Numbers()
    facts = {
        "times": _differences(geometry.times),
        "end": geometry.end,
        "sentences": _sentences(trace, words),
        "doers": [events[0].goroutine for events in trace.steps()],
        "lanes": geometry.lanes,
        "shown": [lane_of[one.id] for one in worth_seeing(trace, MOST_LANES)],
        "bars": _bars(geometry, _wakings(trace, stop_of), waits, words),
        "arrows": _arrows(geometry, words),
        "marks": _marks(geometry, words),
        "channels": [list(channel) for channel in trace.channels if not _is_timer(channel.name)],
        "lines": _lines(trace, lane_of, stop_of, places),
        "prints": _prints(trace, stop_of, words),
        "wakers": {f"{reason}|{thing}": who for (reason, thing), who in wakers(trace).items()},
        "sources": [list(source) for source in trace.sources],
        "outcome": trace.outcome,
        "ending": ending(trace),
        "alt": description(trace),
        "looks": [
            [look.color, look.fill, look.text, look.hatch, look.word] for look in LOOKS.values()
        ],
    }
    return {**facts, "waits": list(waits), "places": list(places), "words": list(words)}


def _differences(numbers: Iterable[int]) -> list[int]:
    """The first one, then how much is added each time."""
    rows = list(numbers)
    return list(map(sub, rows, [0, *rows[:-1]]))


def _is_timer(name: str) -> bool:
    return name.startswith(("timer ", "ticker "))


def _sentences(trace: Trace, words: Numbers[str]) -> dict[str, Any]:
    """For each stop the number of its form; the words for the blanks, all in a row."""
    known: Numbers[str] = Numbers()
    told = forms(trace)
    return {
        "form": [known[sentence.form] for sentence in told],
        "forms": list(known),
        "words": [words[word] for sentence in told for word in sentence.words],
    }


def _wakings(trace: Trace, stop_of: dict[int, int]) -> dict[tuple[int, int], int]:
    """For a goroutine and the stop at which it could go on: who made it so."""
    return {
        (int(event.object[1:]), stop_of[event.step]): event.goroutine
        for event in trace.events
        if event.kind == kinds.READY and event.object
    }


def _bars(
    geometry: Layout,
    wakings: dict[tuple[int, int], int],
    waits: Numbers[tuple[int, int, int]],
    words: Numbers[str],
) -> dict[str, list[int]]:
    """Lane by lane: `count` bars each, their `gap` to the one before, `length`, `wait`, `by`.

    `by` is the goroutine that ended a bar by waking who waited.
    """
    columns: dict[str, list[int]] = {name: [] for name in ("count", "gap", "length", "wait", "by")}
    numbers = {state: number for number, state in enumerate(STATES)}
    said: dict[tuple[str, str, str | None], int] = {}
    lanes: list[list[Bar]] = [[] for _ in geometry.lanes]
    for bar in geometry.bars:
        lanes[bar.lane].append(bar)
    for lane, bars in zip(geometry.lanes, lanes, strict=True):
        bars.sort(key=lambda bar: bar.first_step)
        columns["count"].append(len(bars))
        before = 0
        for _, state, reason, thing, _, _, first, last in bars:
            key = state, reason, thing
            if key not in said:
                of_thing = NOBODY if thing is None else words[thing]
                said[key] = waits[numbers[state], words[reason], of_thing]
            columns["gap"].append(first - before)
            columns["length"].append(last - first)
            columns["wait"].append(said[key])
            columns["by"].append(wakings.get((lane.goroutine, last), NOBODY))
            before = last
    return columns


def _arrows(geometry: Layout, words: Numbers[str]) -> dict[str, list[int]]:
    """In the order of sending: from lane, to lane, channel, value, stop, stops on the way."""

    def lane(number: int | None) -> int:
        return NOBODY if number is None else number

    rows = geometry.arrows
    return {
        "from": [lane(arrow.from_lane) for arrow in rows],
        "to": [lane(arrow.to_lane) for arrow in rows],
        "channel": [words[arrow.channel] for arrow in rows],
        "value": [words[arrow.value] for arrow in rows],
        "sent": _differences(arrow.first_step for arrow in rows),
        "took": [arrow.last_step - arrow.first_step for arrow in rows],
    }


def _marks(geometry: Layout, words: Numbers[str]) -> dict[str, list[int]]:
    rows = [mark for mark in geometry.marks if mark.kind != kinds.PRINT]
    return {
        "lane": [mark.lane for mark in rows],
        "kind": [words[mark.kind] for mark in rows],
        "stop": _differences(mark.step for mark in rows),
        "text": [words[mark.text] for mark in rows],
    }


def _prints(trace: Trace, stop_of: dict[int, int], words: Numbers[str]) -> dict[str, list[int]]:
    rows = [event for event in trace.events if event.kind == kinds.PRINT]
    return {
        "stop": _differences(stop_of[event.step] for event in rows),
        "text": [words[event.value or ""] for event in rows],
    }


def _lines(
    trace: Trace,
    lane_of: dict[int, int],
    stop_of: dict[int, int],
    places: Numbers[tuple[int, int]],
) -> dict[str, list[int]]:
    """Where each goroutine stands, from which stop on; lane by lane, `count` lines each."""
    lanes: list[list[tuple[int, int]]] = [[] for _ in lane_of]
    stands: dict[int, tuple[str, int]] = {}
    sources: dict[tuple[str, int], int | None] = {}
    for event in trace.events:
        lane, place = lane_of.get(event.goroutine), (event.file, event.line)
        if lane is None or not event.line or stands.get(lane) == place:
            continue
        stands[lane] = place
        if place not in sources:
            sources[place] = _source_of(trace, *place)
        source = sources[place]
        if source is not None:
            lanes[lane].append((stop_of[event.step], places[source, event.line]))
    return {
        "count": [len(lane) for lane in lanes],
        "stop": [gap for lane in lanes for gap in _differences(stop for stop, _ in lane)],
        "place": [place for lane in lanes for _, place in lane],
    }


def _source_of(trace: Trace, file: str, line: int) -> int | None:
    for number, source in enumerate(trace.sources):
        inside = source.first_line <= line <= source.first_line + source.text.count("\n")
        if source.file == file and inside:
            return number
    return None
