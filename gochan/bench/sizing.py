"""How many operations are measured together, so that the clock's own cost doesn't count."""

from __future__ import annotations

from collections.abc import Callable

MOST_GROWTH = 100  # times, from one try to the next


def enough_operations(
    measure: Callable[[int], float], seconds: float, first: int, step: int, most: int
) -> tuple[int, float]:
    """Grows a number of operations until they take about so long, or are `most`.

    Parameters
    ----------
    measure
        Takes a number of operations and returns the seconds that they took.
    seconds
        How long they should take; half of that is enough.
    first, step
        The number to begin with, and what it is always a multiple of.
    most
        The largest number that is tried.

    Returns the number and the seconds it took.
    """
    size = first
    while True:
        took = measure(size)
        if took >= seconds / 2 or size >= most:
            return size, took
        wanted = min(size * seconds / max(took, 1e-6), size * MOST_GROWTH)
        size = min((int(wanted / step) + 1) * step, most)
