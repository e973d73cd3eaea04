"""In the child process: one contender, one work, one round."""

from __future__ import annotations

import gc
import json

from . import contenders
from .contenders import Measure
from .work import BATCH, BY_KEY, QUICK, Work

LONG, SHORT = 0.15, 0.002  # seconds that are measured at the least, and with --quick
FIRST = 200  # operations to begin with


def one(contender: str, work: str, quick: bool) -> None:
    """Measures and prints the figures, by name, as JSON."""
    measure = contenders.BY_KEY[contender].works()[work]
    print(json.dumps(figures(measure, BY_KEY[work], SHORT if quick else LONG, quick)))


def figures(measure: Measure, work: Work, enough: float, quick: bool) -> dict[str, float]:
    """The figures of one work, after a warm-up; `enough` is how many seconds are measured."""
    if work.size is None:
        return {"seconds": _an_operation(measure, enough)}
    size = work.size // QUICK if quick else work.size
    if work.once:
        measure(size // 100)
        gc.collect()
        found = measure(size)
        return found if isinstance(found, dict) else {"seconds": found}
    return {"seconds": _a_program(measure, size, enough)}


def _an_operation(measure: Measure, enough: float) -> float:
    """Seconds an operation: their number grows until they take long enough."""
    size = FIRST
    while True:
        took = _seconds(measure, size)
        if took >= enough / 2:
            return took / size
        larger = size * enough / max(took, 1e-6)
        size = round(min(larger, size * 100) / BATCH + 1) * BATCH


def _a_program(measure: Measure, size: int, enough: float) -> float:
    """Seconds a program: it is run again and again until that takes long enough."""
    took, times = _seconds(measure, size), 1
    if took < enough * 5:  # the first was the warm-up, unless it took very long
        took = times = 0  # type: ignore[assignment]
    while took < enough:
        took += _seconds(measure, size)
        times += 1
    return took / times


def _seconds(measure: Measure, size: int) -> float:
    gc.collect()
    took = measure(size)
    assert isinstance(took, float)
    return took
