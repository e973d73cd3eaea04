"""The figures as a table to read, and as JSON to keep."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from typing import Any

from .contender import Contender
from .limits import Verdict, row_title
from .runner import Figures
from .work import CORE, GROWTH, TABLE, Work

SECONDS = (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9))
BYTES = (("MB", 1e6), ("kB", 1e3))
Cells = list[str]


def text(
    figures: Figures,
    works: Sequence[Work],
    contenders: Sequence[Contender],
    verdicts: Sequence[Verdict],
) -> str:
    """All that is printed: the table, growth, core, what was skipped, and the limits."""
    sections = {
        name: [work for work in works if work.section == name] for name in (TABLE, GROWTH, CORE)
    }
    present = [one for one in contenders if one.key not in figures.skipped]
    alone = [one.key for one in present if one.alone]
    blocks = []
    if sections[TABLE] and present:
        blocks.append(_contest(figures, sections[TABLE], present))
    if sections[GROWTH] and alone:
        blocks.append(_growth(figures, sections[GROWTH], alone[0]))
    if sections[CORE] and alone:
        blocks.append(_core(figures, sections[CORE], alone[0]))
    skipped = {one.key: one.label for one in contenders}
    blocks.append([f"skipped: {skipped[key]}: {why}" for key, why in figures.skipped.items()])
    blocks.append(list(figures.failed.values()))
    blocks.append(_limits(verdicts))
    return "\n\n".join("\n".join(block) for block in blocks if block)


# -- the parts -------------------------------------------------------------------------------------


def _contest(figures: Figures, works: Sequence[Work], contenders: Sequence[Contender]) -> list[str]:
    """Two lines a row: the median, and below it the least and the most."""
    notes: list[str] = []
    rows: list[Cells] = [["median (min-max)", *(one.label for one in contenders)]]
    for work in works:
        for name in work.measured:
            unit, scale = _unit(figures, work.key, [one.key for one in contenders], name)
            above, below = [f"{row_title(work.key, name)} [{unit}]"], [""]
            for one in contenders:
                median, spread = _cell(figures.of(work.key, one.key, name), scale)
                if (work.key, one.key) in figures.failed:
                    median, spread = "failed", ""
                above.append(median + _mark(one, work, notes))
                below.append(spread + (" " if one.has_notes() else ""))
            rows += [above, below]
    remarks = [f"{one.label}: {one.remark}" for one in contenders if one.remark]
    marked = [f"{mark} {note}" for mark, note in zip(MARKS, notes, strict=False)]
    return [*aligned(rows), *remarks, *marked]


MARKS = "¹²³⁴⁵⁶⁷⁸⁹"


def _mark(contender: Contender, work: Work, notes: list[str]) -> str:
    note = contender.cannot.get(work.key) or contender.notes.get(work.key)
    if note is None:
        return " " if contender.has_notes() else ""  # so that the digits stand in columns
    if note not in notes:
        notes.append(note)
    return MARKS[notes.index(note)]


def _growth(figures: Figures, works: Sequence[Work], key: str) -> list[str]:
    rows: list[Cells] = [["growth: gochan, among so many others", "10", "100,000", "ratio"]]
    for work in works:
        few, many = figures.of(work.key, key, "few"), figures.of(work.key, key, "many")
        if few and many:
            unit, scale = _fitting(min(few), SECONDS)
            ratio = statistics.median([y / x for x, y in zip(few, many, strict=True)])
            cells = [f"{a} {b}" for a, b in (_cell(few, scale), _cell(many, scale))]
            rows.append([f"{work.title} [{unit}]", *cells, f"{ratio:.2f}"])
    return aligned(rows)


def _core(figures: Figures, works: Sequence[Work], key: str) -> list[str]:
    rows: list[Cells] = [["core: gochan alone", ""]]
    for work in works:
        for name in work.measured:
            unit, scale = _unit(figures, work.key, [key], name)
            title = f"{row_title(work.key, name)} [{unit}]"
            rows.append([title, " ".join(_cell(figures.of(work.key, key, name), scale))])
    return aligned(rows)


def _limits(verdicts: Sequence[Verdict]) -> list[str]:
    if not verdicts:
        return []
    rows: list[Cells] = [["limits: ratios, median (min-max)", "figure", "", "limit", ""]]
    for one in verdicts:
        spread = f"({one.least:.2f}-{one.most:.2f})"
        kept = "kept" if one.kept else "over"
        rows.append([one.what, f"{one.ratio:.2f}", spread, f"{one.limit:.2f}", kept])
    return aligned(rows)


# -- cells -----------------------------------------------------------------------------------------


def aligned(rows: Sequence[Cells]) -> list[str]:
    """Lines with columns of equal width; the first column begins at the left, the others end right.

    Every row has as many cells.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join([first.ljust(widths[0]), *cells]).rstrip())
    return lines


def _cell(figures: Sequence[float], scale: float) -> tuple[str, str]:
    """The median, and the least and the most in brackets."""
    if not figures:
        return "-", ""
    least, most = number(min(figures) / scale), number(max(figures) / scale)
    return number(statistics.median(figures) / scale), f"({least}-{most})"


def number(figure: float) -> str:
    """Three digits that count: 0.123, 12.3, 12,345."""
    if figure == 0:
        return "0"
    size = len(str(int(abs(figure))))
    return f"{figure:,.{max(0, 3 - size)}f}"


def _unit(figures: Figures, work: str, contenders: Sequence[str], name: str) -> tuple[str, float]:
    """One unit for the row, so that its figures can be compared."""
    medians = [figures.median(work, key, name) for key in contenders]
    known = [median for median in medians if median is not None]
    return _fitting(min(known, default=1.0), BYTES if name == "bytes" else SECONDS)


def _fitting(least: float, units: Sequence[tuple[str, float]]) -> tuple[str, float]:
    """The largest unit in which the least figure is a tenth or more."""
    return next(((unit, scale) for unit, scale in units if least >= scale / 10), units[-1])


# -- to keep ---------------------------------------------------------------------------------------


def as_json(
    figures: Figures, works: Sequence[Work], verdicts: Sequence[Verdict], rounds: int, quick: bool
) -> dict[str, Any]:
    """All rounds, what was measured on what, and the limits. No name of the machine."""
    return {
        "rounds": rounds,
        "quick": quick,
        "machine": {
            "system": platform.system(),
            "machine": platform.machine(),
            "processors": os.cpu_count(),
            "python": platform.python_version(),
            "implementation": platform.python_implementation(),
        },
        "versions": {key: version for key, version in figures.versions.items() if version},
        "works": {work.key: {"title": work.title, "size": work.program(quick)} for work in works},
        "figures": figures.rounds,
        "skipped": figures.skipped,
        "failed": list(figures.failed.values()),
        "limits": [
            {
                "what": one.what,
                "ratio": one.ratio,
                "least": one.least,
                "most": one.most,
                "limit": one.limit,
                "kept": one.kept,
            }
            for one in verdicts
        ],
    }
