"""Geometry before ink: lanes, bars, arrows and marks of a timeline, as plain data.

matplotlib and the Player both draw this, and tests look at this, not at pixels. Every place on the
time axis is given twice: in nanoseconds, and as the number of the step (0, 1, 2 ... counted without
gaps), because many things happen at one instant of virtual time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..analysis.words import Names
from ..runtime import event as kinds
from ..trace.trace import BLOCKED, CLOCK, GoroutineFacts, Span, Trace
from .style import MOST_LANES


class Lane(NamedTuple):
    """A goroutine's row, from top to bottom."""

    goroutine: int
    label: str


class Bar(NamedTuple):
    """A goroutine in one state."""

    lane: int
    state: str
    reason: str
    object: str | None
    start: int
    end: int
    first_step: int
    last_step: int

    @property
    def text(self) -> str:
        """What is written on it."""
        return f"{self.reason} {self.object}" if self.object else self.reason


UNBLOCKS = "unblocks"  # in the place of a channel: an arrow without a value


class Arrow(NamedTuple):
    """A value on its way from lane to lane; `to_lane` is None if it stayed in the buffer."""

    from_lane: int | None
    to_lane: int | None
    channel: str
    value: str
    start: int
    end: int
    first_step: int
    last_step: int


class Mark(NamedTuple):
    """A point on a lane: an end, a crash, a close, a cancel, a print, a timer's value.

    A deadline that passes stands on the lane of the goroutine that made the context; a timer's
    value, which has no sender, on the lane of the one who received it.
    """

    lane: int
    kind: str
    time: int
    step: int
    text: str


class Layout(NamedTuple):
    """The geometry of one timeline.

    `steps` are the trace's step numbers in which something happened, `times` the program time of
    each; `folded` is how many goroutines have no lane of their own.
    """

    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    arrows: tuple[Arrow, ...]
    marks: tuple[Mark, ...]
    steps: tuple[int, ...]
    times: tuple[int, ...]
    end: int
    folded: int


MARKED = (kinds.END, kinds.CRASH, kinds.EXIT, kinds.CLOSE, kinds.CANCEL, kinds.EXPIRE, kinds.PRINT)


def layout(trace: Trace, most_lanes: int = MOST_LANES) -> Layout:
    """Computes where everything goes; of more goroutines than `most_lanes` some are folded away."""
    names = Names(trace)
    shown = worth_seeing(trace, most_lanes)
    lane_of = {facts.id: lane for lane, facts in enumerate(shown)}
    rows = trace.steps()
    steps = tuple(events[0].step for events in rows)

    stop_of = {step: number for number, step in enumerate(steps)}

    def place(step: int) -> int:
        return stop_of.get(step, len(steps))  # what never ended lasts beyond the last step

    return Layout(
        lanes=tuple(Lane(facts.id, names(facts.id)) for facts in shown),
        bars=tuple(
            _bar(span, lane_of[span.goroutine], place)
            for span in trace.spans()
            if span.goroutine in lane_of
        ),
        arrows=_arrows(trace, lane_of, place),
        marks=tuple(_marks(trace, lane_of, place)),
        steps=steps,
        times=tuple(events[0].time for events in rows),
        end=trace.end,
        folded=len(trace.goroutines) - len(shown),
    )


def _marks(trace: Trace, lane_of: dict[int, int], place: Callable[[int], int]) -> Iterator[Mark]:
    makers: dict[str | None, int] = {}  # of contexts
    for event in trace.events:
        if event.kind == kinds.DERIVE:
            makers[event.object] = event.goroutine
        elif event.kind in MARKED:
            who = event.goroutine if event.kind != kinds.EXPIRE else makers.get(event.object, CLOCK)
            if who in lane_of:
                text = event.object or event.value or ""
                yield Mark(lane_of[who], event.kind, event.time, place(event.step), text)
    for message in trace.messages():
        if message.sender == CLOCK and message.receiver in lane_of:
            lane, step = lane_of[message.receiver], place(message.received_step)
            yield Mark(lane, kinds.FIRE, message.received, step, message.channel)


def stuck(geometry: Layout) -> tuple[Bar, ...]:
    """The bars of those who were blocked at the end and never went on."""
    last = {bar.lane: bar for bar in geometry.bars}
    return tuple(
        bar
        for bar in last.values()
        if bar.state == BLOCKED and bar.last_step >= len(geometry.steps)
    )


def worth_seeing(trace: Trace, most: int) -> tuple[GoroutineFacts, ...]:
    """The goroutines that get a lane when there are too many: in the order of their start.

    main is one of them, and some of those that crashed or were blocked at the end, even if they
    started late; the others are those that started first.
    """
    everybody = trace.goroutines
    if len(everybody) <= most:
        return everybody
    crashed = {event.goroutine for event in trace.events if event.kind == kinds.CRASH}
    stuck = {
        span.goroutine
        for span in trace.spans()
        if span.state == BLOCKED and span.last_step > trace.last_step
    }
    share = most // 4
    chosen = {facts.id for facts in everybody[:1]}
    for trouble in (crashed, stuck):
        chosen.update(sorted(trouble - chosen)[:share])
    for facts in everybody:
        if len(chosen) >= most:
            break
        chosen.add(facts.id)
    return tuple(facts for facts in everybody if facts.id in chosen)


def _bar(span: Span, lane: int, place: Callable[[int], int]) -> Bar:
    return Bar(
        lane,
        span.state,
        span.reason,
        span.object,
        span.start,
        span.end,
        place(span.first_step),
        place(span.last_step),
    )


def _arrows(
    trace: Trace, lane_of: dict[int, int], place: Callable[[int], int]
) -> tuple[Arrow, ...]:
    arrows = []
    for message in trace.messages():
        receiver = message.receiver
        if message.sender == CLOCK and receiver is None:
            continue
        arrows.append(
            Arrow(
                lane_of.get(message.sender),
                lane_of.get(receiver) if receiver is not None else None,
                message.channel,
                message.value,
                message.sent,
                message.received,
                place(message.sent_step),
                place(message.received_step),
            )
        )
    return tuple(arrows) or _unblockings(trace, lane_of, place)


def _unblockings(
    trace: Trace, lane_of: dict[int, int], place: Callable[[int], int]
) -> tuple[Arrow, ...]:
    """Who made whom runnable. A real Go trace holds no values, but that."""
    if trace.knows_things:
        return ()
    woken = [
        event
        for event in trace.events
        if event.kind == kinds.READY and event.object and event.goroutine in lane_of
    ]
    return tuple(
        Arrow(
            lane_of.get(event.goroutine),
            lane_of.get(int((event.object or "g0")[1:])),
            UNBLOCKS,
            "",
            event.time,
            event.time,
            place(event.step),
            place(event.step),
        )
        for event in woken
    )
