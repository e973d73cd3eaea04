"""The wait-for graph as plain data: boxes and lines, in inches from the top left.

What stands in a cycle stands round a ring. All others have two columns, goroutines and what they
wait on, so that every line between them runs in the gap and covers no box.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ..analysis.waiting_for import NIL, Cycle, Party, Thing, WaitGraph
from ..runtime.clock import duration_text
from ..trace.trace import BLOCKED
from .placing import LETTER
from .signs import shortened
from .style import LOOKS, MOST_LANES

LONGEST_NAME = 18  # characters
LONGEST_WORDS = 22
WIDTH = 8.6  # inches in all
ROW, HEIGHT = 0.62, 0.44  # from one row to the next; of a box
GAP = 1.0  # between the columns, at least
MOST_ROUND = 6  # goroutines in a cycle that is drawn round; a longer one has two columns
BESIDE = 3  # goroutines in a cycle that leaves room for the others beside it

Key = int | str  # a goroutine's number, or a thing's name


class Box(NamedTuple):
    """A goroutine (its state in `state`) or a thing (""), with its middle and its size."""

    key: Key
    name: str
    words: str
    state: str
    x: float
    y: float
    width: float
    in_cycle: bool


class Line(NamedTuple):
    """From box to box; `kind` is "waits", "holds" or "helps"."""

    start: Key
    end: Key
    kind: str
    in_cycle: bool
    text: str = ""


class Picture(NamedTuple):
    """The geometry."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float
    is_deadlock: bool
    folded: int


def wait_layout(graph: WaitGraph, most: int = MOST_LANES) -> Picture:
    """Computes where everything goes; goroutines beyond `most` are folded away."""
    cycle = graph.cycles[0] if graph.cycles else None
    if cycle is not None and len(cycle.goroutines) > most:
        cycle = None
    parties = _shown(graph, cycle, most)
    numbers = {one.id for one in parties}
    waits = [one for one in graph.waits if one.goroutine in numbers]
    names = {one.thing for one in waits}
    things = [one for one in graph.things if one.name in names]
    helps = [one for one in graph.helps if one.thing in names and one.goroutine in numbers]
    ring: list[Key] = []
    if cycle is not None:
        for who, thing in zip(cycle.goroutines, cycle.things, strict=True):
            ring += [who, thing]
    steps = {(a, b) for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True)}
    lines = [
        *(Line(one.goroutine, one.thing, "waits", _in(one, steps)) for one in waits),
        *(
            Line(
                one.thing,
                one.goroutine,
                "holds" if one.holds else "helps",
                (one.thing, one.goroutine) in steps,
            )
            for one in helps
        ),
    ]
    if len(ring) // 2 > BESIDE:
        lines = _bundled(lines, ring)
    boxes: dict[Key, Box] = {
        **{one.id: _party_box(one, one.id in ring, graph.time) for one in parties},
        **{one.name: _thing_box(one, one.name in ring) for one in things},
    }
    placed, height = _placed(boxes, ring, lines)
    return Picture(
        tuple(placed),
        tuple(lines),
        WIDTH,
        height,
        cycle is not None and cycle.is_deadlock,
        len(graph.parties) - len(parties),
    )


def _bundled(lines: list[Line], ring: list[Key]) -> list[Line]:
    """Where all in the ring could help with a thing outside it, one line is enough."""
    parties = {one for one in ring if isinstance(one, int)}
    outside = {line.start for line in lines if line.kind == "helps" and line.start not in ring}
    for thing in outside:
        bundle = [line for line in lines if line.start == thing and line.end in parties]
        if len(bundle) == len(parties):
            lines = [line for line in lines if line not in bundle[1:]]
            text = f"each of these {len(parties)}"
            lines[lines.index(bundle[0])] = bundle[0]._replace(end=ring[0], text=text)
    return lines


def _in(wait: tuple[int, str, str], steps: set[tuple[Key, Key]]) -> bool:
    return (wait[0], wait[1]) in steps


def _shown(graph: WaitGraph, cycle: Cycle | None, most: int) -> list[Party]:
    """Those in the cycle first, then those who wait, then those who could help."""
    in_cycle = set(cycle.goroutines) if cycle is not None else set()
    wanted = sorted(
        graph.parties, key=lambda one: (one.id not in in_cycle, one.state != BLOCKED, one.id)
    )
    return sorted(wanted[:most], key=lambda one: one.id)


def _party_box(party: Party, in_cycle: bool, now: int) -> Box:
    words = LOOKS[party.state].word if party.id else ""
    if party.state == BLOCKED:
        reason = party.reason.removeprefix("sync.").removesuffix(NIL)
        since = f" for {duration_text(now - party.since)}" if now > party.since else ""
        words = reason if len(reason + since) > LONGEST_WORDS else reason + since
    return _box(party.id, party.name, words, party.state, in_cycle)


def _thing_box(thing: Thing, in_cycle: bool) -> Box:
    return _box(thing.name, thing.name, thing.words, "", in_cycle)


def _box(key: Key, name: str, words: str, state: str, in_cycle: bool) -> Box:
    name, words = shortened(name, LONGEST_NAME), shortened(words, LONGEST_WORDS)
    letters = max(len(name) * 1.08, len(words) * 0.92, 4)
    return Box(key, name, words, state, 0.0, 0.0, LETTER * letters + 0.22, in_cycle)


def _placed(
    boxes: dict[Key, Box], ring: Sequence[Key], lines: Sequence[Line]
) -> tuple[list[Box], float]:
    rest = [key for key in boxes if key not in ring]
    left, right = _columns(boxes, rest, lines)
    rows = max(len(left), len(right))
    ring_width, ring_height = _ring_size(boxes, ring)
    beside = len(ring) // 2 <= BESIDE or len(ring) // 2 > MOST_ROUND
    if not ring:
        height, top, room, middle = rows * ROW, 0.0, WIDTH * 0.8, WIDTH / 2
    elif not rest:
        height, top, room, middle = ring_height, 0.0, WIDTH, WIDTH / 2
    elif beside:
        height = max(rows * ROW, ring_height)
        top, room = (height - rows * ROW) / 2, WIDTH - ring_width - 0.6
        middle = room / 2
    else:
        height, top, room, middle = rows * ROW + 0.25 + ring_height, 0.0, WIDTH * 0.6, WIDTH / 2
    placed = []
    if rest:
        for column, sign in ((left, -1), (right, 1)):
            widest = max((boxes[key].width for key in column), default=0.0)
            x = middle + sign * min((room - widest) / 2, GAP / 2 + widest / 2 + 0.4)
            gap = rows * ROW / max(1, len(column))
            for row, key in enumerate(column):
                placed.append(boxes[key]._replace(x=x, y=top + (row + 0.5) * gap))
    if ring:
        x = WIDTH - ring_width / 2 if beside and rest else WIDTH / 2
        y = height / 2 if beside or not rest else height - ring_height / 2
        placed += _round(boxes, ring, x, y)
    return placed, height


def _columns(
    boxes: dict[Key, Box], rest: Sequence[Key], lines: Sequence[Line]
) -> tuple[list[Key], list[Key]]:
    """Goroutines and things in the order in which one leads to the next, from top to bottom."""
    following: dict[Key, list[Key]] = {key: [] for key in boxes}
    reached = set()
    for line in lines:
        following[line.start].append(line.end)
        reached.add(line.end)
    order: list[Key] = []
    seen: set[Key] = set()
    roots = [key for key in rest if key not in reached]
    stack = [*reversed(rest), *reversed(roots)]
    while stack:
        key = stack.pop()
        if key in seen:
            continue
        seen.add(key)
        order.append(key)
        stack += reversed(following[key])
    shown = [key for key in order if key in rest]
    return [key for key in shown if isinstance(key, int)], [
        key for key in shown if isinstance(key, str)
    ]


def _ring_size(boxes: dict[Key, Box], ring: Sequence[Key]) -> tuple[float, float]:
    if not ring:
        return 0.0, 0.0
    places = _round(boxes, ring, 0.0, 0.0)
    width = max(box.x + box.width / 2 for box in places) * 2
    return width, max(box.y for box in places) * 2 + HEIGHT + 0.2


def _round(boxes: dict[Key, Box], ring: Sequence[Key], x: float, y: float) -> list[Box]:
    """The ring, clockwise from the top (left), round a middle."""
    count, widest = len(ring), max(boxes[key].width for key in ring)
    if count // 2 > MOST_ROUND:
        return _in_two_columns(boxes, ring, x, y, widest)
    if count <= 4:
        wide, high, start = widest * 0.72 + 0.62, 0.95, math.pi * (3 / 4 if count == 4 else 1)
    else:
        step = 2 * math.pi / count
        wide, high = (widest + 0.18) / math.sin(step), 0.19 * count + 0.15
        wide, start = min(wide, (WIDTH - widest) / 2), math.pi / 2
    placed = []
    for number, key in enumerate(ring):
        angle = start - 2 * math.pi * number / count
        place = x + wide * math.cos(angle), y - high * math.sin(angle)
        placed.append(boxes[key]._replace(x=place[0], y=place[1]))
    return placed


def _in_two_columns(
    boxes: dict[Key, Box], ring: Sequence[Key], x: float, y: float, widest: float
) -> list[Box]:
    """Down at the right, up at the left."""
    half = len(ring) // 2
    placed = []
    for number, key in enumerate(ring):
        is_right = number < half
        row = number if is_right else len(ring) - 1 - number
        side = (1 if is_right else -1) * (widest / 2 + GAP / 2)
        place = x + side, y + (row - (half - 1) / 2) * 0.5
        placed.append(boxes[key]._replace(x=place[0], y=place[1]))
    return placed
