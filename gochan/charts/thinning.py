"""Fewer pieces where more could not be told apart: what is narrower than a pixel is summed up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

COLUMNS = 1_200  # a little more than a picture has pixels

State = str
Piece = tuple[float, float, State]  # from, to, state


def in_columns(pieces: Sequence[Piece], end: float, columns: int = COLUMNS) -> list[Piece]:
    """At most so many pieces: in each column the state that took the most of its time.

    Pieces follow each other; where there is none, none is made.
    """
    if len(pieces) <= columns:
        return list(pieces)
    width = end / columns
    shares: list[dict[State, float]] = [defaultdict(float) for _ in range(columns)]
    for start, stop, state in pieces:
        first, last = int(start / width), min(int(stop / width), columns - 1)
        for column in range(first, last + 1):
            inside = min(stop, (column + 1) * width) - max(start, column * width)
            if inside > width * 1e-9:  # else it only touches the column
                shares[column][state] += inside
    most = [max(one, key=lambda state: one[state], default="") for one in shares]
    found = []
    for state, group in groupby(range(columns), key=lambda column: most[column]):
        at = list(group)
        if state:
            found.append((at[0] * width, (at[-1] + 1) * width, state))
    return found


def joined(pieces: Sequence[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Stretches (where they start, how far they reach), joined where less than `gap` is between."""
    found: list[tuple[float, float]] = []
    for start, width in sorted(pieces):
        if found and start - (found[-1][0] + found[-1][1]) < gap:
            before = found[-1][0]
            found[-1] = before, max(found[-1][1], start + width - before)
        else:
            found.append((start, width))
    return found
