"""Windows' way to let nothing live on: a job object, which ends with the kernel that holds it.

Source: Microsoft's documentation of CreateJobObjectW and JOBOBJECT_EXTENDED_LIMIT_INFORMATION.
"""

from __future__ import annotations

import contextlib
import ctypes
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from .limits import Ended, Limits, Started

KILL_ON_JOB_CLOSE, JOB_MEMORY = 0x2000, 0x200
EXTENDED_LIMIT_INFORMATION = 9


class _Basic(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("BasicLimitInformation", _Basic),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


if sys.platform == "win32":
    _KERNEL = ctypes.WinDLL("kernel32", use_last_error=True)
    _KERNEL.CreateJobObjectW.restype = ctypes.c_void_p

    class Job:
        """All processes that were added to it, and what these start, end with it.

        `memory` limits what they may have together, in bytes; 0: unlimited.
        """

        def __init__(self, memory: int = 0) -> None:
            self._handle = ctypes.c_void_p(_KERNEL.CreateJobObjectW(None, None))
            limits = _Extended()
            limits.BasicLimitInformation.LimitFlags = KILL_ON_JOB_CLOSE
            if memory:
                limits.BasicLimitInformation.LimitFlags |= JOB_MEMORY
                limits.JobMemoryLimit = memory
            if not self._handle or not _KERNEL.SetInformationJobObject(
                self._handle,
                EXTENDED_LIMIT_INFORMATION,
                ctypes.byref(limits),
                ctypes.sizeof(limits),
            ):
                raise ctypes.WinError(ctypes.get_last_error())

        def add(self, process: subprocess.Popen[bytes]) -> None:
            """Takes a process in."""
            handle = ctypes.c_void_p(int(process._handle))  # type: ignore[attr-defined]  # noqa: SLF001 - the only way to it
            if not _KERNEL.AssignProcessToJobObject(self._handle, handle):
                error = ctypes.WinError(ctypes.get_last_error())
                if process.poll() is None:  # else it is over already
                    process.kill()
                    raise error

        def end(self) -> None:
            """Ends all of them."""
            _KERNEL.TerminateJobObject(self._handle, 1)

        def __enter__(self) -> Job:
            return self

        def __exit__(
            self,
            kind: type[BaseException] | None,
            error: BaseException | None,
            trace: TracebackType | None,
        ) -> None:
            self.end()
            _KERNEL.CloseHandle(self._handle)

    @contextlib.contextmanager
    def start(
        command: list[str],
        limits: Limits,
        environment: dict[str, str],
        folder: Path | None,
        given: int | None = None,
    ) -> Iterator[Started]:
        """Starts a process, which is gone at the end of the `with`.

        `given` is the file descriptor of its standard input, None if that is empty.

        Raises OSError if it can't be started.
        """
        with Job(limits.memory) as job:
            program = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL if given is None else given,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=folder,
            )
            job.add(program)
            late = threading.Event()

            def time_is_up() -> None:
                late.set()
                job.end()

            timer = threading.Timer(limits.seconds, time_is_up)
            timer.daemon = True
            timer.start()
            # What it started may hold the pipe open, when it is over itself.
            threading.Thread(target=lambda: (program.wait(), job.end()), daemon=True).start()

            def ending() -> Ended:
                code = program.wait()
                return Ended("timeout", None) if late.is_set() else Ended("exit", code)

            assert program.stdout is not None
            try:
                yield program.stdout, ending
            finally:
                timer.cancel()
