"""In the child process: one contender, one work, one round."""

from __future__ import annotations

import gc
import json
import os
import sys
from typing import NoReturn

from . import contenders
from .contender import Measure
from .sizing import enough_operations
from .work import BATCH, BY_KEY, Work

FIRST = 200  # operations to begin with
MOST = 50_000  # operations of one program; a shorter time is made up for by running it again


def one(contender: str, work: str, quick: bool) -> NoReturn:
    """Measures and prints the figures, by name, as JSON; doesn't return."""
    measure = contenders.BY_KEY[contender].works()[work]
    print(json.dumps(figures(measure, BY_KEY[work], quick)))
    sys.stdout.flush()
    os._exit(0)  # 100,000 blocked greenlets would take seconds to collect


def figures(measure: Measure, work: Work, quick: bool = False) -> dict[str, float]:
    """The figures of one work, after a warm-up."""
    size = work.program(quick)
    if size is None:
        return {"seconds": _an_operation(measure, work.lasts(quick))}
    if work.once:
        measure(size // 100)
        gc.collect()
        found = measure(size)
        return found if isinstance(found, dict) else {"seconds": found}
    return {"seconds": _a_program(measure, size, work.lasts(quick))}


def _an_operation(measure: Measure, enough: float) -> float:
    """Seconds an operation: their number grows until they take long enough, or are `MOST`."""
    size, took = enough_operations(
        lambda count: _seconds(measure, count), enough, FIRST, BATCH, MOST
    )
    if size < MOST:
        return took / size
    return _a_program(measure, MOST, enough) / MOST


def _a_program(measure: Measure, size: int, enough: float) -> float:
    """Seconds a program: it is run again and again until that takes long enough."""
    warm_up = _seconds(measure, size)
    if warm_up > enough * 5:
        return warm_up  # then the start of the process doesn't matter
    took, times = 0.0, 0
    while took < enough:
        took += _seconds(measure, size)
        times += 1
    return took / times


def _seconds(measure: Measure, size: int) -> float:
    gc.collect()
    took = measure(size)
    assert isinstance(took, float)
    return took
