"""A measurement in words: how it goes, and its figures as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..charts.contest import Summary, contest, ratio_text
from ..charts.growth import size_text
from ..charts.time_axis import three_digits, time_text
from ..measuring.measurement import DONE, MEASURING, STARTING, Measurement

Samples = Mapping[str, Sequence[float]]
COLUMNS = ("contender", "median", "middle half", "compared", "samples")
MEMORY = "memory"


def status(measurement: Measurement, at: str, samples: Samples) -> str:
    """A sentence or two: what goes on, or how it ended; `at` are the parameters."""
    with_these = f" with {at}" if at else ""
    if measurement.doing and measurement.phase in (STARTING, MEASURING):
        return measurement.doing
    if measurement.phase == STARTING:
        return f"Starting a process{with_these} ..."
    if measurement.phase == MEASURING:
        return f"Measuring in a process of its own{with_these} ..."
    count = f"{measurement.count:,} sample{'s' if measurement.count != 1 else ''}"
    if measurement.phase == DONE:
        done = f"Done: {count} in {measurement.elapsed:.1f} s{with_these}."
        return " ".join(filter(None, [done, verdict(samples), *absences(measurement.absent)]))
    return f"{measurement.words} {count}{with_these}." if measurement.count else measurement.words


def verdict(samples: Samples) -> str:
    """Who is the fastest, in a sentence; empty if there is nobody to compare with."""
    measured = {name: one for name, one in _summaries(samples).items() if one is not None}
    if len(measured) < 2:
        return ""
    order = sorted(measured, key=lambda name: measured[name].median)
    fastest, slowest = order[0], order[-1]
    ratio = three_digits(measured[slowest].median / measured[fastest].median)
    return f"{fastest} is the fastest, {slowest} takes {ratio} times as long."


def absences(absent: Mapping[str, str]) -> list[str]:
    """Who isn't here, and why: a sentence for each reason."""
    by_reason: dict[str, list[str]] = {}
    for name, why in absent.items():
        by_reason.setdefault(why, []).append(name)
    return [f"Not here: {', '.join(names)} ({why})." for why, names in by_reason.items()]


def columns(with_memory: bool) -> list[str]:
    """What stands above the table; what each needs at most is the last but one."""
    return [*COLUMNS[:-1], *([MEMORY] if with_memory else []), COLUMNS[-1]]


def rows(
    samples: Samples,
    absent: Mapping[str, str] | None = None,
    weights: Mapping[str, str] | None = None,
) -> list[list[str]]:
    """A table: contender, median, middle half, how it compares with the fastest, samples.

    With `weights`, which may be empty yet, what each needs at most stands before the samples.
    """
    table = [
        [name, *_cells(summary, "not here" if name in (absent or {}) else "not measured yet")]
        for name, summary in _summaries(samples).items()
    ]
    if weights is not None:
        for row in table:
            row.insert(-1, weights.get(row[0], ""))
    return table


def sizes(weights: Mapping[str, float]) -> dict[str, str]:
    """Bytes in words, by contender: `8.2 MB`."""
    return {name: size_text(size) for name, size in weights.items()}


def _summaries(samples: Samples) -> dict[str, Summary | None]:
    return {row.name: row.summary for row in contest(samples, len(samples)).rows}


def _cells(summary: Summary | None, without: str) -> list[str]:
    if summary is None:
        return ["", "", without, "0"]
    half = f"{time_text(summary.low)} to {time_text(summary.high)}"
    count = f"{len(summary.samples):,}"
    return [time_text(summary.median), half, ratio_text(summary.ratio), count]
