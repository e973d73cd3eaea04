"""What the Player's view in the browser needs, as plain JSON: geometry, words and lines.

Places are numbers of stops: stop k is the moment after the k-th step in which something happened.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from ..analysis.waits import wakers
from ..analysis.words import description, ending, sentences
from ..charts.layout import layout
from ..charts.style import LOOKS
from ..runtime import event as kinds
from ..trace.trace import Trace

STATES = tuple(LOOKS)


def payload(trace: Trace) -> dict[str, Any]:
    """The view's data.

    Keys: `times` (ns, one for each stop), `sentences` (likewise), `lanes`, `bars` (for each lane,
    in order: state, reason, thing, start ns, end ns, first stop, last stop), `arrows` (from lane,
    to lane, channel, value, start ns, end ns, first stop, last stop), `marks`, `channels`, `lines`
    (for each lane, in order: stop, source, line), `sources`, `prints`, `wakers`, `looks`.
    """
    geometry = layout(trace)
    lane_of = {lane.goroutine: number for number, lane in enumerate(geometry.lanes)}
    bars: list[list[Any]] = [[] for _ in geometry.lanes]
    for bar in geometry.bars:
        bars[bar.lane].append([STATES.index(bar.state), *bar[2:]])
    return {
        "times": geometry.times,
        "end": geometry.end,
        "sentences": sentences(trace),
        "lanes": geometry.lanes,
        "folded": geometry.folded,
        "bars": [sorted(lane, key=lambda row: row[5]) for lane in bars],
        "arrows": geometry.arrows,
        "marks": geometry.marks,
        "channels": [list(facts) for facts in trace.channels if not _is_timer(facts.name)],
        "lines": _lines(trace, lane_of, geometry.steps),
        "sources": [list(source) for source in trace.sources],
        "prints": [
            [bisect_left(geometry.steps, e.step), e.value]
            for e in trace.events
            if e.kind == kinds.PRINT
        ],
        "wakers": {f"{reason}|{thing}": who for (reason, thing), who in wakers(trace).items()},
        "outcome": trace.outcome,
        "ending": ending(trace),
        "alt": description(trace),
        "looks": [
            [look.color, look.fill, look.text, look.hatch, look.word] for look in LOOKS.values()
        ],
    }


def _is_timer(name: str) -> bool:
    return name.startswith(("timer ", "ticker "))


def _lines(trace: Trace, lane_of: dict[int, int], steps: tuple[int, ...]) -> list[list[Any]]:
    """Where each goroutine stands, from which stop on."""
    lines: list[list[Any]] = [[] for _ in lane_of]
    stands: dict[int, tuple[str, int]] = {}
    sources: dict[tuple[str, int], int | None] = {}
    for event in trace.events:
        lane, place = lane_of.get(event.goroutine), (event.file, event.line)
        if lane is None or not event.line or stands.get(lane) == place:
            continue
        stands[lane] = place
        if place not in sources:
            sources[place] = _source_of(trace, *place)
        if sources[place] is not None:
            lines[lane].append([bisect_left(steps, event.step), sources[place], event.line])
    return lines


def _source_of(trace: Trace, file: str, line: int) -> int | None:
    for number, source in enumerate(trace.sources):
        inside = source.first_line <= line <= source.first_line + source.text.count("\n")
        if source.file == file and inside:
            return number
    return None
