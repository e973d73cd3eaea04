"""The wait-for graph as plain data: boxes and lines, in inches from the top left.

What stands in a circle stands round a ring. All others have two columns, goroutines and what they
wait on, so that every line between them runs in the gap and covers no box.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..analysis.waiting_for import NIL, Cycle, Party, Thing, WaitGraph
from ..runtime.clock import duration_text
from ..trace.trace import BLOCKED
from .placing import LETTER
from .signs import Place, shortened
from .style import LOOKS, MOST_LANES

LONGEST_NAME = 18  # characters
LONGEST_WORDS = 23
WIDTH = 8.6  # inches in all
ROW, HEIGHT = 0.62, 0.44  # from one row to the next; of a box
FEW, LOW_ROW = 8, 0.51  # rows; where there are more of them
GAP = 1.0  # between the columns, at least
MOST_ROUND = 7  # goroutines in a circle that is drawn round; a longer one stands in the columns
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
    """From box to box; `kind` is "waits", "holds" or "helps".

    `path` is where it begins and ends if it runs in the gap between the two columns; else it goes
    from middle to middle, as far as it isn't covered by the boxes.
    """

    start: Key
    end: Key
    kind: str
    in_cycle: bool
    text: str = ""
    path: tuple[Place, Place] | None = None


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
    parties = _shown(graph, cycle, most)
    numbers = {one.id for one in parties}
    waits = [one for one in graph.waits if one.goroutine in numbers]
    names = {one.thing for one in waits}
    things = [one for one in graph.things if one.name in names]
    circle = _circle(cycle)
    steps = set(zip(circle, [*circle[1:], *circle[:1]], strict=True))
    pairs: list[tuple[Key, Key, str]] = [(one.goroutine, one.thing, "waits") for one in waits]
    pairs += [
        (one.thing, one.goroutine, "holds" if one.holds else "helps")
        for one in graph.helps
        if one.thing in names and one.goroutine in numbers
    ]
    lines = [Line(start, end, kind, (start, end) in steps) for start, end, kind in pairs]
    if len(circle) // 2 > BESIDE:
        lines = _bundled(lines, [key for key in circle if key in numbers or key in names])
    boxes: dict[Key, Box] = {
        **{one.id: _party_box(one, one.id in circle, graph.time) for one in parties},
        **{one.name: _thing_box(one, one.name in circle) for one in things},
    }
    ring = circle if len(circle) // 2 <= MOST_ROUND and _has_room(boxes, circle) else []
    placed, height = _placed(boxes, ring, lines)
    return Picture(
        tuple(placed),
        tuple(_in_the_gap(lines, placed, ring)),
        WIDTH,
        height,
        cycle is not None and cycle.is_deadlock,
        len(graph.parties) - len(parties),
    )


def _circle(cycle: Cycle | None) -> list[Key]:
    """Goroutines and things by turns."""
    circle: list[Key] = []
    if cycle is not None:
        for who, thing in zip(cycle.goroutines, cycle.things, strict=True):
            circle += [who, thing]
    return circle


def _in_the_gap(
    lines: Sequence[Line], placed: Sequence[Box], ring: Sequence[Key]
) -> Iterator[Line]:
    """Lines between the columns go from edge to edge; those to and fro a little apart."""
    boxes = {box.key: box for box in placed}
    for line in lines:
        if line.start in ring or line.end in ring:
            yield line
            continue
        start, end = boxes[line.start], boxes[line.end]
        apart = -0.07 if line.kind == "waits" else 0.07
        right = 1 if start.x < end.x else -1
        path = (
            (start.x + right * start.width / 2, start.y + apart),
            (end.x - right * end.width / 2, end.y + apart),
        )
        yield line._replace(path=path)


def _bundled(lines: list[Line], ring: list[Key]) -> list[Line]:
    """Where all in the ring could help with a thing outside it, one line is enough."""
    parties = {one for one in ring if isinstance(one, int)}
    outside = {line.start for line in lines if line.kind == "helps" and line.start not in ring}
    for thing in outside:
        bundle = [line for line in lines if line.start == thing and line.end in parties]
        if len(bundle) == len(parties):
            lines = [line for line in lines if line not in bundle[1:]]
            text = f"each of these {len(parties)}"
            first = min(parties)
            lines[lines.index(bundle[0])] = bundle[0]._replace(end=first, text=text)
    return lines


def _shown(graph: WaitGraph, cycle: Cycle | None, most: int) -> list[Party]:
    """Those in the cycle first, then who holds a lock, who waits, and who could help."""
    in_cycle = set(cycle.goroutines) if cycle is not None else set()
    holders = {one.goroutine for one in graph.helps if one.holds}
    wanted = sorted(
        graph.parties,
        key=lambda one: (
            one.id not in in_cycle,
            one.id not in holders,
            one.state != BLOCKED,
            one.id,
        ),
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
    row_height = ROW if rows <= FEW else LOW_ROW
    ring_width, ring_height = _ring_size(boxes, ring)
    beside = len(ring) // 2 <= BESIDE
    if not ring:
        height, top, room, middle = rows * row_height, 0.0, WIDTH * 0.8, WIDTH / 2
    elif not rest:
        height, top, room, middle = ring_height, 0.0, WIDTH, WIDTH / 2
    elif beside:
        height = max(rows * row_height, ring_height)
        top, room = (height - rows * row_height) / 2, WIDTH - ring_width - 0.6
        middle = room / 2
    else:
        height, top, room, middle = (
            rows * row_height + 0.25 + ring_height,
            0.0,
            WIDTH * 0.6,
            WIDTH / 2,
        )
    placed = []
    if rest:
        for column, sign in ((left, -1), (right, 1)):
            widest = max((boxes[key].width for key in column), default=0.0)
            x = middle + sign * min((room - widest) / 2, GAP / 2 + widest / 2 + 0.4)
            gap = rows * row_height / max(1, len(column))
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


def _has_room(boxes: dict[Key, Box], ring: Sequence[Key]) -> bool:
    """Whether nobody in the ring covers who stands beside it."""
    placed = _round(boxes, ring, 0.0, 0.0) if ring else []
    return all(
        abs(one.x - other.x) > (one.width + other.width) / 2 or abs(one.y - other.y) > HEIGHT
        for one, other in zip(placed, [*placed[1:], *placed[:1]], strict=True)
    )


def _round(boxes: dict[Key, Box], ring: Sequence[Key], x: float, y: float) -> list[Box]:
    """The ring, clockwise from the top (left), round a middle."""
    count, widest = len(ring), max(boxes[key].width for key in ring)
    if count <= 4:
        wide, high, start = widest * 0.72 + 0.62, 0.95, math.pi * (3 / 4 if count == 4 else 1)
    else:
        step = 2 * math.pi / count
        wide, high = (1.4 * widest + 0.18) / math.sin(step), 0.1 * count + 0.8
        wide, start = min(wide, (WIDTH - widest) / 2), math.pi / 2
    placed = []
    for number, key in enumerate(ring):
        angle = start - 2 * math.pi * number / count
        place = x + wide * math.cos(angle), y - high * math.sin(angle)
        placed.append(boxes[key]._replace(x=place[0], y=place[1]))
    return placed
