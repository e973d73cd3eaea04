"""An axis of measured times: its unit, from zero on or logarithmic, and its ticks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullFormatter, NullLocator

UNITS = (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9))
FAR_APART = 30  # times: from here on a logarithmic axis


class TimeScale(NamedTuple):
    """The unit, its size in seconds, and whether the axis is logarithmic."""

    unit: str
    size: float
    is_log: bool

    def label(self, what: str) -> str:
        """What stands beside the axis; on a logarithmic one each tick has its own unit."""
        return what if self.is_log else f"{what} ({self.unit})"


def time_scale(shortest: float, longest: float, typical: float) -> TimeScale:
    """How times between these two are drawn, in the unit in which a typical one reads well."""
    unit, size = time_unit(typical)
    return TimeScale(unit, size, shortest > 0 and longest / shortest >= FAR_APART)


def time_unit(seconds: float) -> tuple[str, float]:
    """The unit in which a time reads well, and its size in seconds."""
    return next((one for one in UNITS if seconds >= one[1] * (1 - 1e-9)), UNITS[-1])


def time_text(seconds: float) -> str:
    """A time with three digits, in its unit: `1.23 µs`."""
    if not seconds:
        return "0 s"
    unit, size = time_unit(seconds)
    return f"{three_digits(seconds / size)} {unit}"


def three_digits(number: float) -> str:
    """`1.23`, `12.3`, `123`, `1,230`."""
    if number >= 999.5:
        return f"{number:,.0f}"
    decimals = 2 if number < 9.995 else 1 if number < 99.95 else 0
    return f"{number:.{decimals}f}" if number >= 0.1 else f"{number:.2g}"


def fit_times(ax: Axes, axis: str, values: Sequence[float], scale: TimeScale) -> None:
    """Limits and ticks for `values`, which are in the scale's unit; `axis` is "x" or "y"."""
    set_limits = ax.set_xlim if axis == "x" else ax.set_ylim
    line = ax.xaxis if axis == "x" else ax.yaxis
    most = max(values, default=1.0) or 1.0
    if scale.is_log:
        low = min(values)
        set_limits(low / 1.25, most * 1.25)
        line.set_major_locator(FixedLocator(_decades(low / 1.25, most * 1.25)))
        line.set_minor_locator(NullLocator())
        line.set_minor_formatter(NullFormatter())
        texts = FuncFormatter(lambda value, _: _tick_text(value * scale.size))
    else:
        set_limits(0, most * 1.05)
        line.set_major_locator(MaxNLocator(nbins=7))
        texts = FuncFormatter(lambda value, _: f"{value:,.6g}")
    line.set_major_formatter(texts)


def _tick_text(seconds: float) -> str:
    unit, size = time_unit(seconds)
    return f"{seconds / size:,.6g} {unit}"


def _decades(low: float, high: float) -> list[float]:
    """1, 10, 100 ..., with 2 and 5 between if these are few."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    steps = (1, 2, 5) if last - first <= 3 else (1,)
    ticks = [step * 10.0**power for power in range(first, last + 1) for step in steps]
    return [tick for tick in ticks if low <= tick <= high]
