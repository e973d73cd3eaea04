"""Who works where: a lane for each processor, and below them those who wait for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from ..runtime.clock import duration_text
from ..trace.trace import Trace
from .axis import check_trace
from .figure import axes_or_new, describe, nice_unit
from .frame import SMALL, frame, key, note, say
from .placing import LETTER, inches
from .shifts import Day, Shift, day
from .signs import ink_on, inks
from .style import BAR_HEIGHT, LOOKS, MOST_LANES

LANE = 0.45  # inches
TITLE = 0.75  # lanes that a run's title takes, if there are several
Looks = dict[str, tuple[str, str]]  # name of a goroutine -> colour and hatch

MORE = ("", "xx", "..")  # the second and third time round the colours


def processors(trace: Trace | Sequence[Trace], ax: Axes | None = None) -> Axes:
    """Draws which goroutine worked on which processor when, and how many waited for one.

    Parameters
    ----------
    trace
        A recorded run; or several, such as those on 1, 2 and 4 processors, which are drawn below
        each other on one time axis.
    ax
        The axes to draw in; new ones, on a figure of their own, if None.

    Returns the axes. Their figure's label is the alt text.

    Raises TypeError for what is no Trace, ValueError for no trace at all.
    """
    traces = [trace] if isinstance(trace, Trace) else _checked(trace)
    days = _days(traces)
    tops, height = _tops(days)
    ax = axes_or_new(ax, 1.1 + LANE * max(2.0, height))
    end = max(one.end for one in days)
    unit, size = nice_unit(end)
    looks = _looks(ax, days)
    ticks: dict[float, str] = {}
    frame(ax)
    ax.set_xlim(0, end / size or 1.0)
    ax.set_ylim(max(2.0, height), 0)
    for one, top in zip(days, tops, strict=True):
        _draw_shifts(ax, one, top, size, looks)
        _draw_waiting(ax, one, top, size)
        ticks.update(_labels(one, top))
        if len(days) > 1:
            _write_title(ax, one, top)
    ax.set_yticks(list(ticks), list(ticks.values()))
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel(f"program time ({unit})", color=inks(ax).text)
    key(ax, _handles(ax, looks))
    note(ax, _left_out(days, looks))
    if not looks:
        say(ax, "nobody worked: only work(seconds) occupies a processor")
    describe(ax, " ".join(_description(one) for one in days))
    return ax


def _handles(ax: Axes, looks: Looks) -> list[Patch]:
    paper = inks(ax).paper
    return [
        Patch(facecolor=color, hatch=hatch, edgecolor=paper, label=name)
        for name, (color, hatch) in list(looks.items())[:MOST_LANES]
    ]


def _left_out(days: Sequence[Day], looks: Looks) -> str:
    folded = sum(one.folded for one in days)
    nameless = len(looks) - MOST_LANES
    parts = [f"{folded:,} more processors"] if folded else []
    parts += [f"{nameless:,} more goroutines"] if nameless > 0 else []
    return f"and {', '.join(parts)}" if parts else ""


def _checked(traces: object) -> list[Trace]:
    if not isinstance(traces, (list, tuple)):
        check_trace(traces, "processors")
    assert isinstance(traces, (list, tuple))
    for one in traces:
        check_trace(one, "processors")
    if not traces:
        raise ValueError("processors draws at least one trace")
    return list(traces)


def _days(traces: Sequence[Trace]) -> list[Day]:
    """Each with its part of the lanes."""
    room = max(1, MOST_LANES // len(traces)) if len(traces) > 1 else MOST_LANES
    free = MOST_LANES - sum(min(room, one.procs) for one in traces)
    days = []
    for one in traces:
        lanes = min(one.procs, room + max(0, free))
        free -= max(0, lanes - room)
        days.append(day(one, lanes))
    return days


def _tops(days: Sequence[Day]) -> tuple[list[float], float]:
    """Where each run begins, in lanes from the top, and where the last one ends."""
    tops, height = [], 0.0
    for one in days:
        height += TITLE if len(days) > 1 else 0.0
        tops.append(height)
        height += one.processors + bool(one.waiting)
    return tops, height


def _looks(ax: Axes, days: Sequence[Day]) -> Looks:
    """A goroutine has one look in all the runs."""
    ink = inks(ax)
    names = dict.fromkeys(name for one in days for name in one.names)
    count = len(ink.series)
    return {
        name: (ink.color(number), MORE[number // count % len(MORE)])
        for number, name in enumerate(names)
    }


def _draw_shifts(ax: Axes, one: Day, top: float, size: int, looks: Looks) -> None:
    pieces: dict[tuple[int, str], list[tuple[float, float]]] = defaultdict(list)
    letters = inches(ax)[0] / LETTER / (ax.get_xlim()[1] * size)  # in a nanosecond
    for shift in one.shifts:
        pieces[shift.processor, shift.name].append(
            (shift.start / size, (shift.end - shift.start) / size)
        )
        if len(shift.name) + 2 <= (shift.end - shift.start) * letters:
            _write_on(ax, shift, top, size, looks[shift.name])
    for (processor, name), bars in pieces.items():
        color, hatch = looks[name]
        middle = top + processor + 0.5
        ax.broken_barh(
            bars,
            (middle - BAR_HEIGHT / 2, BAR_HEIGHT),
            facecolor=color,
            edgecolor=inks(ax).paper,
            hatch=hatch,
            linewidth=0.6 if len(bars) < 50 else 0.0,
            zorder=2,
        )


def _write_on(ax: Axes, shift: Shift, top: float, size: int, look: tuple[str, str]) -> None:
    color, hatch = look
    ax.text(
        (shift.start + shift.end) / 2 / size,
        top + shift.processor + 0.5,
        shift.name,
        ha="center",
        va="center",
        fontsize=SMALL,
        color=ink_on(color),
        zorder=5,
        clip_on=True,
        bbox={"facecolor": color, "edgecolor": "none", "pad": 1.2} if hatch else None,
    )


def _draw_waiting(ax: Axes, one: Day, top: float, size: int) -> None:
    """A lane in which the number of those who wait goes up and down."""
    if not one.waiting:
        return
    look = LOOKS["runnable"]
    bottom = top + one.processors + 0.5 + BAR_HEIGHT / 2
    most = max(count for _, count in one.waiting)
    times = [time / size for time, _ in one.waiting]
    heights = [bottom - BAR_HEIGHT * count / most for _, count in one.waiting]
    ax.fill_between(
        times,
        bottom,
        heights,
        step="post",
        facecolor=look.fill,
        edgecolor=look.color,
        hatch=look.hatch,
        linewidth=0.8,
        zorder=2,
    )


def _labels(one: Day, top: float) -> dict[float, str]:
    """What stands at the left of each lane."""
    labels = {
        top + number + 0.5: f"processor {number}\n{_share(busy, one.end)} busy"
        for number, busy in enumerate(one.busy)
    }
    if one.waiting:
        most = max(count for _, count in one.waiting)
        labels[top + one.processors + 0.5] = f"waiting\nat most {most}"
    return labels


def _share(busy: int, end: int) -> str:
    return f"{busy / end:.0%}" if end else "0%"


def _write_title(ax: Axes, one: Day, top: float) -> None:
    ax.annotate(
        f"{_count(one)}: {duration_text(one.end)}",
        (0, top),
        (0, 2),
        textcoords="offset points",
        va="bottom",
        fontsize=SMALL,
        fontweight="bold",
        color=inks(ax).text,
        bbox={"facecolor": inks(ax).paper, "edgecolor": "none", "pad": 1},
    )


def _count(one: Day) -> str:
    count = one.processors + one.folded
    return f"{count} processor{'s' if count != 1 else ''}"


def _description(one: Day) -> str:
    """The alt text of one run."""
    head = f"{_count(one)} over {duration_text(one.end)}"
    lanes = ", ".join(
        f"processor {number} {_share(busy, one.end)} busy" for number, busy in enumerate(one.busy)
    )
    total: dict[str, int] = defaultdict(int)
    for shift in one.shifts:
        total[shift.name] += shift.end - shift.start
    most = sorted(total.items(), key=lambda item: -item[1])[:MOST_LANES]
    worked = ", ".join(f"{name} works for {duration_text(time)}" for name, time in most)
    waiting = max((count for _, count in one.waiting), default=0)
    wait = f" At most {waiting} wait for a processor." if waiting else ""
    return f"{head}: {lanes}. {worked or 'Nobody worked'}.{wait}"
