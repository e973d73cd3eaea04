"""In the child: it never outlives the process that started it.

Three ways, because each alone has a gap. The end of standard input says that the parent is gone,
but not while another process holds the pipe open. A look at the parent's id every second says it
too, but not while a contender keeps Python's lock. Linux kills the process itself, but only Linux.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from typing import BinaryIO, NoReturn

EVERY = 1.0  # seconds
PR_SET_PDEATHSIG = 1  # prctl(2)


def tie(stdin: BinaryIO, parent: int) -> None:
    """Ends this process as soon as `parent` is gone, the process at the pipe's other end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    threading.Thread(target=_until_the_end_of, args=(stdin,), daemon=True).start()
    if os.name == "posix":
        threading.Thread(target=_while_parent_is, args=(parent,), daemon=True).start()


def _until_the_end_of(stdin: BinaryIO) -> None:
    while stdin.read(1):
        pass
    _end()


def _while_parent_is(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY)
    _end()


def _end() -> NoReturn:
    os._exit(1)
