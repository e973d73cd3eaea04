"""How every operation blocks and is woken: in a wait queue, by whoever takes it out.

`wait_in` and `wake` are the two halves. Everything that can block in gochan is written with them,
but for select, which stands in several queues at once, and for sleep and work, which wait for the
clock.
"""

from __future__ import annotations

from typing import Any, NoReturn

from greenlet import getcurrent

from ..errors import Deadlock
from .event import BLOCK, RUN
from .goroutine import Goroutine, GoroutineInfo, label
from .source import NOWHERE, caller, stack, where
from .waitq import GONE, Waiter, WaitQueue


def wait_in(queue: WaitQueue, reason: str, thing: Any, value: Any = None) -> Waiter:
    """Blocks the calling goroutine in `queue` until somebody wakes it; returns its waiter.

    `reason` is Go's wait reason, `thing` what it waits on, `value` what it offers meanwhile. The
    waiter then holds the value it was woken with, and whether that was by a close (`ok` false).

    Raises Deadlock outside a run, where nobody else could wake it.
    """
    try:
        goroutine: Goroutine = getcurrent().goroutine
    except AttributeError:
        raise_deadlock(reason, thing)
    waiter = goroutine.waiter
    if waiter is None:
        waiter = goroutine.waiter = Waiter(goroutine)
    waiter.value = value
    queue.waiters.append(waiter)
    run = goroutine.run
    queue_of_run = run.queue
    tape = run.tape
    goroutine.reason = reason
    goroutine.waiting_on = thing
    goroutine.polls = 0
    if tape is not None:
        tape += (BLOCK, thing, reason, None, None)
    try:
        if not queue_of_run:
            run.hub.switch()
        else:
            following = run.next() if run.has_choice else queue_of_run.popleft()
            resume = following.resume
            if resume is None:
                run.start(following)
            else:
                resume()
    except BaseException:  # the run has ended; its channels and locks may outlive it
        waiter.parking = GONE
        queue.leave()
        raise
    if tape is not None:
        tape += (RUN, goroutine, None, None, None)
    return waiter


def wake(waiter: Waiter, value: Any, ok: bool) -> None:
    """Serves a waiter that was taken out of its queue, and makes its goroutine ready."""
    waiter.value = value
    waiter.ok = ok
    waiter.goroutine.run.ready(waiter.goroutine)


def block_for_ever(reason: str, thing: Any = None) -> NoReturn:
    """Blocks the calling goroutine where nobody can wake it."""
    wait_in(WaitQueue(), reason, thing)
    raise AssertionError("a goroutine that nobody can wake was woken")


def raise_deadlock(reason: str, thing: Any) -> NoReturn:
    """Outside a run there is nobody else: what would block is a deadlock at once."""
    frame = caller()
    info = GoroutineInfo(
        id=1,
        name="main",
        state=reason,
        where=where(frame),
        created_by=None,
        created_by_id=0,
        created_at=NOWHERE,
        waiting_on=label(thing),
        stack=stack(frame)[:1],
    )
    raise Deadlock([info]) from None
