"""Keeps one program: starts it, limits it, and lets nothing of it live on.

This is a script of its own, between the kernel and a Go program (`child` starts it), for Linux and
macOS. What is always true:

- Its standard input is a pipe whose other end the kernel holds. When the kernel ends, however it
  ends, the pipe ends, and with it everything here. It has a session of its own, so that what kills
  the kernel's process group doesn't reach it first.
- On Linux it is the reaper of its descendants: a grandchild whose parent is gone becomes its child,
  whatever group or session it moved to, and so can be found and ended.
- If it is itself killed, the program dies with it (PR_SET_PDEATHSIG, Linux).
- When the program is over, its grandchildren are ended too, and the last thing it does is to write
  how it went to the pipe of its second argument, as JSON.

It imports nothing of gochan, because it has to start in a few milliseconds.

Source: the manual pages prctl(2) and proc(5).
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

LINUX = sys.platform.startswith("linux")
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
TICK = 0.05  # seconds between two looks at the memory
ALL_TICKS = 10  # looks at the program until the next one at its descendants too
GRACE = 1.0  # seconds for the report of all goroutines, when the time is up
LONGEST_KILL = 5.0  # seconds
SHOUTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


def main(plan: dict[str, Any], status: int) -> None:
    """Runs `plan["command"]` within its limits, and tells how it ended."""
    for number in SHOUTS:
        signal.signal(number, signal.SIG_IGN)  # it goes when the kernel or the program goes
    wake, wake_up = os.pipe()
    os.set_blocking(wake_up, False)
    signal.set_wakeup_fd(wake_up, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    call_prctl = prctl()
    call_prctl(PR_SET_CHILD_SUBREAPER, 1)
    os.set_inheritable(status, False)
    kernel = os.getppid()
    program = start(plan, status, call_prctl)
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 1)  # else the pipes would never end
    os.dup2(silence, 2)
    why, code, most = watch(program, plan, kernel, wake)
    others = end_all(program)
    told = {"ended": why, "code": code, "memory": most, "others": others}
    with contextlib.suppress(OSError):  # the kernel may be gone
        os.write(status, json.dumps(told).encode())


def prctl() -> Callable[[int, int], object]:
    """Linux's prctl with two arguments; elsewhere a function that does nothing."""
    if not LINUX:
        return lambda _what, _value: None
    function = ctypes.CDLL(None, use_errno=True).prctl
    return lambda what, value: function(what, ctypes.c_ulong(value), 0, 0, 0)


def start(plan: dict[str, Any], status: int, call_prctl: Callable[[int, int], object]) -> int:
    """Starts the program: its process id."""
    keeper = os.getpid()
    program = os.fork()
    if program:
        if plan["input"] is not None:
            os.close(plan["input"])
        return program
    try:
        os.setsid()
        call_prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != keeper:
            os._exit(1)
        limit(plan)
        with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")  # before the kernel or this keeper has to go, it goes
        for number in (*SHOUTS, signal.SIGCHLD, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY) if plan["input"] is None else plan["input"], 0)
        os.execve(plan["command"][0], plan["command"], os.environ)
    except OSError as error:
        told = {"ended": "not started", "code": 127, "memory": 0, "others": 0}
        os.write(status, json.dumps({**told, "error": error.strerror}).encode())
    os._exit(127)


def limit(plan: dict[str, Any]) -> None:
    """The limits that the system keeps.

    The size of the address space is none of them: Go reserves far more of it than it uses.
    """
    set_limit(resource.RLIMIT_CORE, 0)
    if plan["file_size"]:
        set_limit(resource.RLIMIT_FSIZE, plan["file_size"])
    if plan["data_size"] and LINUX:
        set_limit(resource.RLIMIT_DATA, plan["data_size"])


def set_limit(which: int, most: int) -> None:
    """Sets a limit, unless a stricter one is in force."""
    strictest = resource.getrlimit(which)[1]
    if strictest == resource.RLIM_INFINITY or most < strictest:
        resource.setrlimit(which, (most, most))


def watch(
    program: int, plan: dict[str, Any], kernel: int, wake: int
) -> tuple[str, int | None, int]:
    """Waits for the end: why it ended, its exit code (-n: signal n), the most memory in bytes."""
    deadline = time.monotonic() + plan["timeout"]
    kill_at = None  # when the time is up: Go has until then to say where its goroutines are
    most = ticks = 0
    while True:
        now = time.monotonic()
        ready, _, _ = select.select([0, wake], [], [], max(0.0, min(TICK, deadline - now)))
        if wake in ready:
            os.read(wake, 4096)
        ended = reap(program)
        if ended is not None:
            code, peak = ended
            return "timeout" if kill_at else "exit", code, max(most, peak)
        if (0 in ready and not os.read(0, 1)) or os.getppid() != kernel:
            return "stopped", None, most
        ticks += 1
        most = max(most, memory([program] if ticks % ALL_TICKS else [program, *descendants()]))
        if plan["memory"] and most > plan["memory"]:
            return "memory", None, most
        if kill_at is not None and time.monotonic() >= kill_at:
            return "timeout", None, most
        if kill_at is None and time.monotonic() >= deadline:
            kill_at = deadline = time.monotonic() + (GRACE if plan["dump"] else 0.0)
            if plan["dump"]:
                os.kill(program, signal.SIGQUIT)


def reap(program: int) -> tuple[int, int] | None:
    """Collects what has ended; exit code and peak memory of the program if it is among that."""
    ended = None
    while True:
        try:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if pid == 0:
            return ended
        if pid == program:
            unit = 1024 if LINUX else 1
            ended = os.waitstatus_to_exitcode(status), usage.ru_maxrss * unit


def memory(pids: list[int]) -> int:
    """Bytes of memory that the processes occupy; 0 where /proc doesn't tell."""
    pages = 0
    for pid in set(pids):
        with contextlib.suppress(OSError, IndexError), open(f"/proc/{pid}/statm") as file:
            pages += int(file.read().split()[1])
    return pages * resource.getpagesize()


def descendants() -> list[int]:
    """The process ids of all descendants that are alive, on Linux."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc") if LINUX else ():
        if name.isdigit():
            # A process that ends meanwhile is none.
            with contextlib.suppress(OSError), open(f"/proc/{name}/stat") as file:
                state, parent = file.read().rpartition(")")[2].split()[:2]
                if state != "Z":
                    children.setdefault(int(parent), []).append(int(name))
    found: list[int] = []
    row = children.get(os.getpid(), [])
    while row:
        found += row
        row = [child for pid in row for child in children.get(pid, [])]
    return found


def end_all(program: int) -> int:
    """Ends all that is left: how many processes that was, without the program."""
    if not LINUX:  # what the program started is found by its process group only
        with contextlib.suppress(OSError):
            os.killpg(program, signal.SIGKILL)
    others: set[int] = set()
    until = time.monotonic() + LONGEST_KILL
    while time.monotonic() < until:
        found = descendants()
        others.update(found)
        # Stopped ones can't start others while the rest is being killed.
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in found:
                with contextlib.suppress(OSError):
                    os.kill(pid, number)
        reap(program)
        if not found:
            break
        time.sleep(0.002)
    return len(others - {program})


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), int(sys.argv[2]))
