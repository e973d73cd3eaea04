"""Measured leaks: how many goroutines and how much memory there are after so many calls."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes

from .figure import axes_or_new, describe
from .frame import panels
from .lines import Line, draw_lines
from .signs import inks
from .style import MOST_LANES

SIZES = (("GB", 1e9), ("MB", 1e6), ("kB", 1e3), ("bytes", 1.0))
PANEL = 1.9  # inches


class Course(NamedTuple):
    """One line: places on the axis, goroutines there, and bytes, if they were measured."""

    name: str
    xs: tuple[float, ...]
    goroutines: tuple[float, ...]
    bytes: tuple[float, ...] | None


def growth(samples: Any, ax: Axes | None = None, over: str = "calls") -> Axes:
    """Draws measured numbers of goroutines, and below them the memory, as they grow.

    Parameters
    ----------
    samples
        Rows of how many calls (or seconds), goroutines and bytes: `[(0, 1, 9_000_000), (100, 101,
        9_600_000), ...]`; bytes are None where they were not measured. Or several such lists by
        name, to compare them: `{"leaky": [...], "fixed": [...]}`.
    ax
        The axes to draw in, which are divided in two; new ones, on a figure of their own, if None.
    over
        What the rows begin with, for the axis: "calls", "time (s)".

    Returns the axes. Their figure's label is the alt text.

    Raises TypeError for what are no such rows, ValueError for none at all and for numbers that are
    negative, NaN or infinite.
    """
    courses = growth_courses(samples)
    with_bytes = any(course.bytes for course in courses)
    ax = axes_or_new(ax, PANEL * (1 + with_bytes) + 0.5)
    parts = panels(ax, 2 if with_bytes else 1)
    counts = [Line(one.name, one.xs, one.goroutines) for one in courses]
    draw_lines(parts[0], ax, counts, "goroutines")
    if with_bytes:
        most = max(max(one.bytes) for one in courses if one.bytes)
        unit, size = next((one for one in SIZES if most >= one[1]), SIZES[-1])
        rows = [
            Line(one.name, one.xs, tuple(number / size for number in one.bytes))
            for one in courses
            if one.bytes
        ]
        draw_lines(parts[1], ax, rows, f"memory ({unit})")
    parts[-1].set_xlabel(over, color=inks(ax).text)
    describe(ax, description(courses, over))
    return ax


def growth_courses(samples: Any) -> tuple[Course, ...]:
    """Checks the rows, sorts them, and gives the lines that are drawn, at most 12."""
    given = samples if isinstance(samples, Mapping) else {"": samples}
    if not given:
        raise ValueError("growth needs at least one row")
    return tuple(_course(str(name), rows) for name, rows in list(given.items())[:MOST_LANES])


def _course(name: str, rows: Iterable[Sequence[float | None]]) -> Course:
    try:
        triples = sorted((_number(x), _number(count), size) for x, count, size in rows)
        sizes = [None if size is None else _number(size) for _, _, size in triples]
    except (TypeError, ValueError) as error:
        if str(error).startswith("growth"):
            raise
        raise TypeError(
            "growth draws rows of calls (or seconds), goroutines and bytes, "
            f"such as [(0, 1, 9_000_000)], not {rows!r:.60}"
        ) from None
    if not triples:
        raise ValueError("growth needs at least one row")
    measured = [size for size in sizes if size is not None]
    return Course(
        name,
        tuple(x for x, _, _ in triples),
        tuple(count for _, count, _ in triples),
        tuple(measured) if len(measured) == len(sizes) else None,
    )


def _number(given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise TypeError
    if not (given >= 0 and math.isfinite(given)):
        raise ValueError(f"growth draws finite numbers from 0 on, not {given!r}")
    return given


def description(courses: Sequence[Course], over: str) -> str:
    """The alt text."""
    parts = []
    for one in courses:
        text = f"{one.name}: " if one.name else ""
        text += f"from {one.goroutines[0]:,g} to {one.goroutines[-1]:,g} goroutines"
        if one.bytes:
            text += f", from {size_text(one.bytes[0])} to {size_text(one.bytes[-1])}"
        parts.append(f"{text}, over {one.xs[-1] - one.xs[0]:,g} {over}")
    return f"Growth. {'; '.join(parts)}."


def size_text(number: float) -> str:
    """`9.6 MB`."""
    unit, size = next((one for one in SIZES if number >= one[1]), SIZES[-1])
    return f"{number / size:.3g} {unit}"
