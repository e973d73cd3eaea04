"""A pool or a pipeline over time: how many values leave, how many are inside, who is busy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ..analysis.journeys import Level, mean
from ..runtime.clock import duration_text
from .figure import axes_or_new, describe, nice_unit
from .flow import SECOND, Flow, flow_of
from .frame import SMALL, frame, panels
from .signs import inks
from .time_axis import three_digits, time_text

PANEL = 1.2  # inches


def throughput(
    flowed: Any, source: str | None = None, sink: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draws a pool or a pipeline over time: what leaves, what is inside, what queues, who is busy.

    The queue are the values in the source's buffer, if it has one. Dashed lines are means. Above
    them stands Little's law: the mean number inside is the rate at which values come in times the
    mean time that they stay.

    Parameters
    ----------
    flowed
        A recorded run; or measured rows of when a value came in and when it left, in seconds, None
        for not yet: `[(0.0, 0.3), (0.1, 0.5), (0.2, None)]`.
    source, sink
        Of a trace, the channels where values come in and where they leave, as in `latency`.
    ax
        The axes to draw in, which are divided; new ones, on a figure of their own, if None.

    Returns the axes. Their figure's label is the alt text.

    Raises TypeError for other things, ValueError if there is nothing to draw, KeyError for a
    channel that isn't in the trace.
    """
    flow = flow_of(flowed, source, sink)
    count = 2 + bool(flow.queue) + bool(flow.workers)
    ax = axes_or_new(ax, PANEL * count + 0.7)
    unit, size = nice_unit(flow.end)
    parts = panels(ax, count)
    _draw_rate(parts[0], flow, size)
    _draw_levels(parts[1], flow.inside, flow, size)
    _finish(parts[1], "inside", flow.mean_inside)
    if flow.queue:
        _draw_levels(parts[2], flow.queue, flow, size)
        _finish(parts[2], "queue", mean(flow.queue, flow.start, flow.end))
    if flow.workers:
        _draw_levels(parts[-1], flow.busy, flow, size)
        _finish(parts[-1], f"busy of {flow.workers}", flow.utilisation * flow.workers)
        parts[-1].set_ylim(0, flow.workers * 1.15)
    for part in parts:
        part.set_xlim(0, flow.end / size or 1.0)
    parts[-1].set_xlabel(f"program time ({unit})", color=inks(ax).text)
    parts[0].annotate(
        f"{littles_law(flow)} (dashed: means)",
        (0, 1),
        (0, 5),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=SMALL,
        color=inks(ax).text,
    )
    describe(ax, description(flow))
    return ax


def littles_law(flow: Flow) -> str:
    """`jobs to results: 2.25 inside = 9.23 a second x 244 ms`."""
    return (
        f"{flow.name}: {three_digits(flow.mean_inside)} inside = "
        f"{three_digits(flow.rate)} a second x {time_text(flow.time_inside)} each"
    )


def _draw_rate(part: Axes, flow: Flow, size: int) -> None:
    """Bars, because it is counted in stretches."""
    ink = inks(part)
    width = (flow.end - flow.start) / len(flow.bins) or 1
    rates = [count / width * SECOND for count in flow.bins]
    starts = [number * width / size for number in range(len(rates))]
    part.bar(
        starts,
        rates,
        width / size,
        align="edge",
        color=ink.color(0),
        edgecolor=ink.paper,
        linewidth=0.6,
        zorder=2,
    )
    part.set_ylim(0, max(rates) * 1.15 or 1)
    _finish(part, "leave a second", flow.left / max(1, flow.end - flow.start) * SECOND)


def _draw_levels(part: Axes, levels: Sequence[Level], flow: Flow, size: int) -> None:
    color = inks(part).color(0)
    times = [*(level.time / size for level in levels), flow.end / size]
    numbers = [level.number for level in levels]
    numbers.append(numbers[-1])
    part.fill_between(times, numbers, step="post", color=color, alpha=0.3, linewidth=0, zorder=2)
    part.step(times, numbers, where="post", color=color, linewidth=1.2, zorder=3)
    part.set_ylim(0, max(numbers) * 1.15 or 1)


def _finish(part: Axes, label: str, average: float) -> None:
    ink = inks(part)
    frame(part, grid="y", lines=("bottom", "left"))
    part.axhline(average, color=ink.text, linewidth=1.2, linestyle="--", zorder=4)
    part.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True, min_n_ticks=1))
    part.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.6g}"))
    part.set_ylabel(label, color=ink.text)


def description(flow: Flow) -> str:
    """The alt text."""
    most = max(level.number for level in flow.inside)
    text = (
        f"Flow of {flow.arrived:,} value{'s' if flow.arrived != 1 else ''} over "
        f"{duration_text(flow.end)}, {flow.left:,} of them left. "
        f"Little's law for {littles_law(flow)}. At most {most:,} inside"
    )
    if flow.workers:
        text += f"; {flow.workers} worker{'s' if flow.workers != 1 else ''}, "
        text += f"busy for {flow.utilisation:.0%} of the time"
    return f"{text}."
