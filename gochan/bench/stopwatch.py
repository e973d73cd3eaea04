"""Seconds and bytes of a stretch of a program."""

from __future__ import annotations

import sys
import time
from pathlib import Path

if sys.platform != "win32":
    import resource

STATUS = Path("/proc/self/status")


class Stopwatch:
    """Runs from its making; `stop` tells the seconds, and by how much the memory grew.

    The memory is the process's largest so far, less what it held at the start (with `from_peak`,
    less the largest until then). It is left out where the system doesn't tell.
    """

    def __init__(self, from_peak: bool = False) -> None:
        self._before = _bytes("VmHWM" if from_peak else "VmRSS")
        self._start = time.perf_counter()

    def stop(self) -> dict[str, float]:
        """The figures "seconds" and "bytes"."""
        seconds = time.perf_counter() - self._start
        after = _bytes("VmHWM")
        if after is None or self._before is None:
            return {"seconds": seconds}
        return {"seconds": seconds, "bytes": after - self._before}


def _bytes(field: str) -> int | None:
    """A field of Linux's status file; elsewhere the peak, which Linux takes from the parent."""
    if STATUS.exists():
        for line in STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name == field:
                return int(value.split()[0]) * 1024
    if sys.platform == "win32":
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
