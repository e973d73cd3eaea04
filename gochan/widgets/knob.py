"""A parameter that changes while the program runs.

No program runs while it is watched: it was recorded, and the Player replays the recording. When a
knob is turned at some point of the replay, the program is run again with the knob's history: the
old value up to that point, the new one after it. A program repeats exactly, so what was seen stays
as it was, and only what comes after changes.
"""

from __future__ import annotations

from bisect import bisect_left

from ..runtime.words import current_run


class Knob:
    """A number between `low` and `high` that a program reads as `.value`.

    Made by `live`. Outside the Player, `.value` is the value it was made with.
    """

    def __init__(self, low: float, high: float, value: float, step: float) -> None:
        self.low = low
        self.high = high
        self.step = step
        self._steps = [-1]  # from the step after this one on ...
        self._values = [value]  # ... it has this value

    @property
    def value(self) -> float:
        """The value at this point of the running program."""
        run = current_run()
        if run is None:
            return self._values[-1]
        return self._values[max(0, bisect_left(self._steps, run.steps) - 1)]

    def turn(self, value: float, after_step: int) -> None:
        """From the step after `after_step` on the value is another one; later turns are undone."""
        keep = bisect_left(self._steps, after_step)
        self._steps[keep:] = [after_step]
        self._values[keep:] = [self._clamped(value)]

    def _clamped(self, value: float) -> float:
        return min(self.high, max(self.low, value))

    def __repr__(self) -> str:
        return f"live({self.low:g}, {self.high:g}, value={self._values[-1]:g})"


def live(low: float, high: float, value: float | None = None, step: float | None = None) -> Knob:
    """A parameter for `Player` that can be changed while the program plays.

    Parameters
    ----------
    low, high
        The ends of its slider.
    value
        Where it starts; in the middle by default.
    step
        The slider's step; by default 1 between whole numbers, else a hundredth of the range.

    Raises ValueError if the range is empty or the value outside of it.
    """
    if not low < high:
        raise ValueError(f"live needs a range from low to high, not {low!r} to {high!r}")
    whole = isinstance(low, int) and isinstance(high, int)
    if value is None:
        value = (low + high) // 2 if whole else (low + high) / 2
    if not low <= value <= high:
        raise ValueError(f"live({low!r}, {high!r}): the value {value!r} lies outside")
    return Knob(low, high, value, step if step is not None else 1 if whole else (high - low) / 100)
