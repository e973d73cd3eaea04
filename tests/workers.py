"""How a run is shared among worker processes: `pytest -n auto`, as start.py says it.

- The tests of a file share what they set up, a page for example, so one worker runs them all. A
  file of tests that are each about one notebook is dealt out notebook by notebook.
- Those that take long begin first, so that no worker is alone with one of them at the end.
- A test that measures runs while no other one does, since its figures would mean nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from xdist.scheduler import LoadScopeScheduling

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]

BY_NOTEBOOK = ("test_notebooks.py", "test_lessons_browser.py")
MOST_WORKERS = 8
MEMORY_OF_A_WORKER = 2 << 30  # bytes: JupyterLab, Chromium, some kernels


def number_of_workers() -> int:
    """One for each processor that there is memory for, 0 where nothing can be shared."""
    cores = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    room = psutil.virtual_memory().total // MEMORY_OF_A_WORKER
    workers = min(cores, room, MOST_WORKERS)
    return workers if workers > 1 and fcntl is not None else 0


def the_longest_first(items: list[pytest.Item]) -> None:
    """Sorts tests so; those of a file keep their order."""
    items.sort(key=lambda item: not (_has(item, "browser") or _has(item, "long")))


def _has(item: pytest.Item, marker: str) -> bool:
    return item.get_closest_marker(marker) is not None


class Scheduling(LoadScopeScheduling):
    """Deals the units out in the order of the tests."""

    def __init__(self, config: pytest.Config, log: object = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)


def unit(nodeid: str) -> str:
    """What a worker runs as a whole: a file, or in some files what is about one notebook."""
    path, _, test = nodeid.partition("::")
    if path.endswith(BY_NOTEBOOK):
        notebook = test.partition("[")[2].rstrip("]").partition("-")[0]
        return f"{path}[{notebook}]"
    return path


class Turns:
    """Lets the tests of all workers run side by side, and some of them alone.

    Who wants in takes the door first. So nobody overtakes the one at the door, who waits there
    until the room is empty.
    """

    def __init__(self, folder: Path) -> None:
        self._door, self._room = (os.open(folder / name, os.O_CREAT) for name in ("door", "room"))

    @contextmanager
    def turn(self, alone: bool) -> Iterator[None]:
        """A test runs inside."""
        fcntl.flock(self._door, fcntl.LOCK_EX)
        fcntl.flock(self._room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(self._door, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(self._room, fcntl.LOCK_UN)
