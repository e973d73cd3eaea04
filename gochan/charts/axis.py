"""The axis along which a run goes: program time in a unit that reads well, or steps.

Many things may happen at one instant of virtual time; by steps they stand beside each other.
"""

from __future__ import annotations

from bisect import bisect_left

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ..trace.trace import Trace
from .figure import nice_unit
from .signs import inks

AXES = ("time", "step")


def check_axis(axis: str | None) -> None:
    """Raises ValueError for another axis than "time", "step" or None."""
    if axis is not None and axis not in AXES:
        raise ValueError(f'axis is "time" or "step", not {axis!r}')


def check_trace(thing: object, who: str) -> None:
    """Raises TypeError, in a sentence, for what is no Trace."""
    if not isinstance(thing, Trace):
        raise TypeError(f"{who} draws a Trace, not {type(thing).__name__}: use record(...).trace")


class Along:
    """Places of a trace along an axis; None takes steps if all happened at one instant."""

    def __init__(self, trace: Trace, axis: str | None = None) -> None:
        check_axis(axis)
        self.by_step = axis == "step" or (axis is None and not trace.end)
        self._steps = [events[0].step for events in trace.steps()] if self.by_step else []
        self.unit, self.size = ("step", 1) if self.by_step else nice_unit(trace.end)
        self.end = float(max(1, len(self._steps))) if self.by_step else trace.end / self.size or 1.0

    def __call__(self, time: int, step: int) -> float:
        """The place of a program time in nanoseconds, or of a step."""
        return float(bisect_left(self._steps, step)) if self.by_step else time / self.size

    def fit(self, ax: Axes, beyond: float = 1.0) -> None:
        """Limits, ticks and words of the axis, which goes `beyond` times as far as the run."""
        ax.set_xlim(0, self.end * beyond)
        ax.set_xlabel(self.label, color=inks(ax).text)
        if self.by_step:
            ax.xaxis.set_major_locator(MaxNLocator(nbins=10, integer=True, min_n_ticks=1))

    @property
    def label(self) -> str:
        """What stands below the axis."""
        return "step" if self.by_step else f"program time ({self.unit})"
