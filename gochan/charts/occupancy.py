"""How full a channel's buffer was, and who waited at which end of it."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ..trace.trace import Level, Span, Trace
from .axis import check_trace
from .figure import axes_or_new, describe, nice_unit
from .frame import SMALL, frame
from .signs import inks
from .style import LOOKS
from .thinning import COLUMNS, joined

Piece = tuple[float, float]  # where it starts, and how far it reaches


def occupancy(trace: Trace, channel: str | None = None, ax: Axes | None = None) -> Axes:
    """Draws the number of values in a channel's buffer over program time.

    Stretches in which a sender waits are marked above the capacity, those in which a receiver
    waits below zero.

    Parameters
    ----------
    trace
        A recorded run.
    channel
        The channel's name; by default the first one with a buffer, else the first one.
    ax
        The axes to draw in; new ones if None.

    Returns the axes. Their figure's label is the alt text.

    Raises TypeError for what is no Trace, KeyError for a channel that isn't in it, ValueError if it
    has none.
    """
    check_trace(trace, "occupancy")
    name = channel if channel is not None else _first_channel(trace)
    levels = trace.occupancy(name)
    cap = next(facts.cap for facts in trace.channels if facts.name == name)
    ax = axes_or_new(ax, 2.2)
    ink = inks(ax)
    unit, size = nice_unit(trace.end)
    end = trace.end / size or 1.0
    last_at = {level.time: level.count for level in levels}  # of several at one instant the last
    times = [at / size for at in last_at]
    counts = list(last_at.values())
    ax.fill_between(
        [*times, end], [*counts, counts[-1]], step="post", color="#5790fc", alpha=0.35, zorder=2
    )
    ax.step([*times, end], [*counts, counts[-1]], where="post", color="#5790fc", zorder=3)
    ax.axhline(cap, color=ink.text, linewidth=1, linestyle="--", zorder=3)
    ax.text(end, cap, f" capacity {cap}", va="top", fontsize=SMALL, color=ink.text)
    height = max(0.35, cap * 0.14)
    for reason, bottom, word in (
        ("chan send", cap, "sender"),
        ("chan receive", -height, "receiver"),
    ):
        spans = [span for span in waits(trace, name, reason) if span.end > span.start]
        pieces = [(span.start / size, (span.end - span.start) / size) for span in spans]
        _mark_waits(ax, pieces, (bottom, height), f"{word} waits", end)
    ax.set_xlim(0, end)
    ax.set_ylim(-height * 1.3, cap + height * 1.4)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True, min_n_ticks=1))
    ax.set_xlabel(f"program time ({unit})", color=ink.text)
    ax.set_ylabel(f"values in {name}", color=ink.text)
    frame(ax, grid="y", lines=("bottom", "left"))
    describe(ax, _description(trace, name, levels, cap))
    return ax


def _first_channel(trace: Trace) -> str:
    named = [facts for facts in trace.channels if not facts.name.startswith(("timer ", "ticker "))]
    if not named:
        raise ValueError("this trace has no channel to draw")
    return next((facts.name for facts in named if facts.cap), named[0].name)


def waits(trace: Trace, channel: str, reason: str) -> list[Span]:
    """The stretches in which somebody waits to send on, or to receive from, a channel."""
    case = f"{channel}<-" if reason == "chan send" else f"<-{channel}"
    return [
        span
        for span in trace.spans()
        if (span.reason == reason and span.object in (channel, case))
        or (span.reason == "select" and case in (span.object or "").split(", "))
    ]


def _mark_waits(ax: Axes, pieces: list[Piece], strip: Piece, word: str, end: float) -> None:
    """Hatched stretches in one strip, and their word in the margin, where it covers nothing."""
    if not pieces:
        return
    look = LOOKS["blocked"]
    ax.broken_barh(
        joined(pieces, end / COLUMNS) if len(pieces) > COLUMNS else pieces,
        strip,
        facecolor=look.fill,
        edgecolor=look.color,
        hatch=look.hatch,
        linewidth=0.6,
        zorder=4,
    )
    bottom, height = strip
    ax.text(end, bottom + height / 2, f" {word}", va="center", fontsize=SMALL, color=inks(ax).text)


def _description(trace: Trace, name: str, levels: tuple[Level, ...], cap: int) -> str:
    most = max(level.count for level in levels)
    blocked = sum(span.end - span.start for span in waits(trace, name, "chan send"))
    starved = sum(span.end - span.start for span in waits(trace, name, "chan receive"))
    unit, size = nice_unit(trace.end)
    return (
        f"Values in channel {name} over {trace.end / size:g} {unit}: at most {most} of {cap}. "
        f"Senders wait for {blocked / size:.3g} {unit} in all, "
        f"receivers for {starved / size:.3g} {unit}."
    )
