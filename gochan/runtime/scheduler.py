"""One run of a program: who runs next. It knows no channel and no lock.

Always true:
- At most one goroutine of a run is running, in the thread that started the run.
- The hub is the greenlet that called `execute`. It starts new greenlets (one that is started from
  another inherits its depth, and a chain of them would overflow), moves the clock, and finds that
  nobody can go on. A goroutine that blocks switches straight to the next one in the run queue and
  comes to the hub only when that is empty.
- Everything that blocks is written with `park` and `ready`.
- The run holds all its goroutines. It ends those left over after the verdict is taken, with every
  operation of gochan disabled, so nothing of them runs on.

Source: Go's runtime/proc.go (gopark, goready, checkdead).
"""

from __future__ import annotations

import math
import time as wall_time
from collections import deque
from collections.abc import Callable
from typing import Any

from greenlet import GreenletExit, getcurrent

from ..errors import BudgetExceeded, Deadlock, FatalError, text_of
from .clock import Alarm, Clock, WallClock, to_ns
from .crash import describe
from .event import BLOCK, CRASH, END, EXIT, PRINT, READY, RUN, YIELD, Observer, watching
from .garbage import FewerCollections
from .goroutine import SLEEP, Goroutine, GoroutineInfo, Worker, info_of
from .interrupt import Interruptible
from .output import Output, routed
from .processors import Processors
from .schedule import FirstCome, Policy, Schedule, policy_of

IDLE_ROUNDS = 1_000  # so often may everybody poll in vain before a virtual clock moves on
POLLS_AT_ONCE = 16  # so often may one goroutine poll before the others get a turn
STORES_AT_ONCE = 1_000  # so often may it store in an atomic, which is no waiting but may be endless
STUBBORN = 100  # so often may a goroutine swallow its end before it is left lying


class Killed(GreenletExit):
    """Thrown into a goroutine that is left over when its program ends."""


class Scheduler:
    """A run, from `execute` to its end.

    Parameters are those of `gochan.run`; see there. `observer` is told every event, `output` takes
    what the goroutines print (None: it goes where prints go).
    """

    __slots__ = (
        "schedule",
        "policy",
        "_has_choice",
        "_wall",
        "clock",
        "processors",
        "observer",
        "output",
        "_until",
        "_max_steps",
        "_timeout",
        "_deadline",
        "_linger",
        "queue",
        "idle",
        "alive",
        "started",
        "steps",
        "hub",
        "_garbage",
        "over",
        "ending",
        "interrupted",
        "_watches",
        "_deaths",
        "value",
        "outcome",
        "error",
        "left",
        "leaked",
        "elapsed",
        "polled",
        "_idle_steps",
        "_effects",
        "_quiet_polls",
    )

    def __init__(
        self,
        *,
        clock: str = "virtual",
        procs: int = 1,
        schedule: Schedule | None = None,
        policy: Policy | None = None,
        until: float | None = None,
        max_steps: int | None = None,
        timeout: float | None = None,
        linger: float = 0.0,
        output: Output | None = None,
    ) -> None:
        self.schedule = schedule or Schedule()
        self.policy: Policy = policy or policy_of(self.schedule)
        self._has_choice = not isinstance(self.policy, FirstCome)
        self._wall = clock == "wall"
        self.clock: Clock = WallClock() if self._wall else Clock()
        self.processors = Processors(self, procs)
        self.observer: Observer | None = None
        self.output = output
        self._until = math.inf if until is None else to_ns(until)
        self._max_steps = math.inf if max_steps is None else max_steps
        self._timeout = timeout
        self._deadline = math.inf if timeout is None else wall_time.monotonic() + timeout
        self._linger = math.inf if linger == math.inf else to_ns(linger)

        self.queue: deque[Goroutine] = deque()  # the run queue
        self.idle: list[Worker] = []
        self.alive: dict[int, Goroutine] = {}
        self.started = 0
        self.steps = 0
        self.hub: Any = getcurrent()
        self._garbage = FewerCollections()

        self.over = False
        self.ending = False
        self.interrupted = False
        self._watches = 0
        self._deaths = 0

        self.value: Any = None
        self.outcome: str | None = None
        self.error: BaseException | None = None
        self.left: list[GoroutineInfo] = []
        self.leaked: list[GoroutineInfo] = []
        self.elapsed = 0
        self.polled = 0
        self._idle_steps = 0
        self._effects = 0
        self._quiet_polls = 0

    # -- goroutines: start, block, go on -----------------------------------------------------------

    def go(
        self,
        fn: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Goroutine:
        """A new goroutine at the end of the run queue."""
        self.started = number = self.started + 1
        goroutine = Goroutine(self, number, fn, args, kwargs)
        self.alive[number] = goroutine
        self.queue.append(goroutine)
        return goroutine

    def running(self) -> Goroutine | None:
        """The goroutine that runs now, None while the hub does."""
        worker = getcurrent()
        return worker.goroutine if type(worker) is Worker else None

    def park(self, goroutine: Goroutine, reason: str, waiting_on: Any = None) -> None:
        """Blocks the calling goroutine until somebody makes it ready."""
        goroutine.reason = reason
        goroutine.waiting_on = waiting_on
        goroutine.polls = 0
        if watching.on:
            self.tell(BLOCK, goroutine, waiting_on, reason)
        self._switch_away()
        if watching.on:
            self.tell(RUN, goroutine)

    def ready(self, goroutine: Goroutine) -> None:
        """Makes a parked goroutine runnable."""
        goroutine.parking += 1
        goroutine.reason = None
        self.queue.append(goroutine)
        if watching.on:
            self.tell(READY, self.running(), goroutine)

    def stand_back(self, goroutine: Goroutine) -> None:
        """Lets the others go first."""
        if not self.queue:
            return
        self.queue.append(goroutine)
        if watching.on:
            self.tell(YIELD, goroutine)
        self._switch_away()
        if watching.on:
            self.tell(RUN, goroutine)

    def alarm(self, when: int, goroutine: Goroutine) -> Alarm:
        """Makes a parked goroutine ready at `when` nanoseconds."""
        return self.clock.set(when, lambda: self.ready(goroutine))

    def sleep(self, goroutine: Goroutine, duration: int) -> None:
        """Blocks the calling goroutine for `duration` nanoseconds of program time."""
        self.alarm(self.clock.now + duration, goroutine)
        self.park(goroutine, SLEEP)

    def _switch_away(self) -> None:
        """Straight to the next goroutine if it has a stack, else by way of the hub."""
        if not self.queue:
            self.hub.switch()
            return
        goroutine = self._next()
        if goroutine.worker is None:
            self.start(goroutine)
        else:
            goroutine.worker.switch()

    def start(self, goroutine: Goroutine) -> None:
        """Switches to a goroutine that has no stack yet."""
        if self.idle:
            self._lend(goroutine).switch()
        else:
            self.hub.switch(goroutine)

    def _next(self) -> Goroutine:
        """Takes the goroutine that goes next out of the run queue, which isn't empty."""
        queue = self.queue
        if self._has_choice and len(queue) > 1:
            index = self.choose(queue)
            chosen = queue[index]
            del queue[index]  # the others keep their order
            return chosen
        return queue.popleft()

    def choose(self, options: Any) -> int:
        """The one place where anything is left to the policy."""
        try:
            return self.policy.choose(options)
        except Exception as error:  # noqa: BLE001 - no goroutine may catch what a policy raises
            self.stop("error", error)
            return 0

    def _lend(self, goroutine: Goroutine) -> Worker:
        """An idle worker, or a new one, for a goroutine that has no stack yet."""
        if self.idle:
            worker = self.idle.pop()
        else:
            worker = Worker(self._carry, self.hub)
            self._garbage.another_stack()
        worker.goroutine = goroutine
        goroutine.worker = worker
        return worker

    def _carry(self) -> None:
        """What a worker does: it carries one goroutine after the other."""
        worker: Any = getcurrent()
        while True:
            goroutine = worker.goroutine
            if watching.on:
                self.tell(RUN, goroutine)
            try:
                result = goroutine.fn(*goroutine.args, **goroutine.kwargs)
            except BaseException as error:  # noqa: BLE001 - whatever it is, it ends the goroutine
                if self.ending:
                    return
                self._crashed(goroutine, error)
            else:
                if self.ending:
                    return
                if watching.on or goroutine.id == 1:
                    self._returned(goroutine, result)
            result = None
            goroutine.worker = goroutine.waiter = None
            del self.alive[goroutine.id]
            if self.queue and not self.over:
                goroutine = self._next()
                if goroutine.worker is None:
                    goroutine.worker = worker
                    worker.goroutine = goroutine
                    continue
                following = goroutine.worker
            else:
                following = self.hub
            worker.goroutine = goroutine = None
            self.idle.append(worker)
            following.switch()

    # -- the hub -----------------------------------------------------------------------------------

    def execute(
        self,
        main: Callable[..., Any],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        """Runs `main` as goroutine 1 until the program is over; the outcome is in the attributes.

        Raises KeyboardInterrupt if it was interrupted, RuntimeError inside a goroutine, and nothing
        for what the program did.
        """
        __tracebackhide__ = True
        if self.running() is not None:
            raise RuntimeError(
                "a program is already running here: start goroutines in it with go(...), "
                "or call run(...) outside of it"
            )
        main_goroutine = self.go(main, args, kwargs or {})
        try:
            if self._must_see_every_step():
                self.watch()
            with Interruptible(self):
                self._begin_to_end()
        finally:
            watching.add(-self._watches)
            self._garbage.restore()
            main_goroutine.fn = None  # type: ignore[assignment]  # the run is kept, its program not
        if self.interrupted:
            raise KeyboardInterrupt

    def _begin_to_end(self) -> None:
        try:
            self._loop()
        except KeyboardInterrupt:
            self.interrupted = True
        finally:
            self._end()

    def _must_see_every_step(self) -> bool:
        budgets = (self._max_steps, self._deadline)
        return (
            self.observer is not None
            or self._has_choice
            or self._wall
            or any(budget != math.inf for budget in budgets)
        )

    def watch(self) -> None:
        """From now on every operation calls `step` first."""
        self._watches += 1
        watching.add(1)

    def _loop(self) -> None:
        while not self.over:
            if self.queue:
                self._resume(self._next())
            elif not self._advance():
                self._nobody_can_run()

    def _resume(self, goroutine: Any) -> None:
        """Runs a goroutine until nobody can go on, or a new one needs a stack from here."""
        while isinstance(goroutine, Goroutine) and not self.over:
            worker = goroutine.worker or self._lend(goroutine)
            goroutine = worker.switch()

    def _advance(self) -> bool:
        """Moves the clock to the next alarm that somebody needs; False if there is none."""
        when = self.clock.next()
        if when is None:
            return False
        limit = self._limit()
        self.clock.wait_until(int(min(when, limit, self._wall_limit())))
        if when > limit:
            self.stop("cut")
        elif wall_time.monotonic() >= self._deadline:
            self._out_of_time()
        else:
            self.ring()
        return True

    def _limit(self) -> float:
        """When the program is cut off: by `until`, or after main's return by `linger`."""
        return self._until if self.outcome is None else min(self._until, self._linger)

    def _wall_limit(self) -> float:
        """When a wall clock has to stop waiting because the time budget is used up."""
        if not self._wall or self._deadline == math.inf:
            return math.inf
        return self.clock.now + max(0.0, self._deadline - wall_time.monotonic()) * 1e9

    def ring(self) -> None:
        """Rings what is due: one step, whoever is woken by it."""
        self.steps += 1
        self.clock.ring_due()

    def _nobody_can_run(self) -> None:
        if self.outcome is None:
            self.outcome, self.error = "deadlock", Deadlock()
        self.over = True

    def _returned(self, goroutine: Goroutine, value: Any) -> None:
        self._finish_output(goroutine)
        self.steps += 1
        if goroutine.id != 1:
            self.tell(END, goroutine)
            return
        self.value = value
        self.outcome = "ok"
        self._linger += self.clock.now
        self.tell(EXIT, goroutine, None, "ok")
        if self._linger <= self.clock.now:
            self.over = True

    def _crashed(self, goroutine: Goroutine, error: BaseException) -> None:
        """An exception escaped: the program ends, unless main has returned before."""
        self._finish_output(goroutine)
        self.steps += 1
        if isinstance(error, KeyboardInterrupt):
            self.interrupted = self.over = True
            return
        if self.outcome is None:
            describe(error, goroutine)
            self.outcome, self.error, self.over = "panic", error, True
        if watching.on:
            self.tell(CRASH, goroutine, None, text_of(error) or type(error).__name__)

    def stop(self, outcome: str, error: BaseException | None = None) -> None:
        """Ends the program from outside the goroutines; the calling one doesn't go on."""
        if self.outcome is None:
            self.outcome, self.error = outcome, error
        self.over = True
        if self.running() is not None:
            self.hub.switch()

    def interrupt(self) -> None:
        """Ctrl-C: the run is over at once; called by the signal handler, wherever that came in.

        The goroutine that runs stays here until it is ended, so what it catches doesn't matter. One
        that goes on while it is ended is left lying.
        """
        self.interrupted = self.over = True
        if self.running() is not None:
            self.hub.switch()
        elif not self.ending:
            raise KeyboardInterrupt

    def fatal(self, goroutine: Goroutine, text: str) -> None:
        """Go's throw: a fatal error that nothing in the program can catch."""
        error = FatalError(f"fatal error: {text}")
        describe(error, goroutine)
        self.stop("fatal", error)

    # -- every step of a watched run ---------------------------------------------------------------

    def step(self, goroutine: Goroutine) -> None:
        """Before every visible operation: is there time left, does somebody else go first?"""
        self._count_step()
        if self._has_choice and self.queue and self.policy.preempts():
            self.stand_back(goroutine)

    def _count_step(self) -> None:
        if self.ending:
            self._die_again()
        self.steps += 1
        if self.steps > self._max_steps:
            budget = f"the program took more than max_steps={self._max_steps:,} steps"
            self.stop("budget", BudgetExceeded(budget))
        if self.steps % 64 == 0 and wall_time.monotonic() >= self._deadline:
            self._out_of_time()
        if self._wall:
            self._keep_up()

    def _out_of_time(self) -> None:
        budget = f"the program took longer than timeout={self._timeout:g} s"
        self.stop("budget", BudgetExceeded(budget))

    def _keep_up(self) -> None:
        """A wall clock goes on while goroutines run: rings what has come due."""
        when = self.clock.next()
        if when is not None and when <= self.clock.now:
            self.ring()
        if self.clock.now > self._limit():
            self.stop("cut")

    def _finish_output(self, goroutine: Goroutine) -> None:
        if self.output is not None:
            self.output.finish(goroutine)

    def printed(self, goroutine: Goroutine, line: str) -> None:
        """A goroutine printed a line: a step that nobody else in the program can see."""
        self.steps += 1
        self._idle_steps += 1
        self.tell(PRINT, goroutine, None, line)

    def glance(self, goroutine: Goroutine) -> None:
        """An operation only looked at what no other goroutine changes (`now`).

        So nobody else goes first, but a loop round it has to let the others run.
        """
        self._count_step()
        self.poll(goroutine)

    def poll(self, goroutine: Goroutine) -> bool:
        """The step under way only looked (`default`, `try_lock`, `gosched`).

        Whoever does nothing else lets the others run now and then. When everybody who can run has
        looked in vain for long enough, a virtual clock moves on: a real one would have. Returns
        whether the others were let run.
        """
        self._idle_steps += 1
        goroutine.polls += 1
        if goroutine.polls < POLLS_AT_ONCE:
            return False
        if not self._watches:
            self.watch()  # from now on what the others do is counted
        effects = self.steps - self._idle_steps
        if effects != self._effects:
            self._effects, self._quiet_polls = effects, 0
        self._quiet_polls += 1
        if self._quiet_polls > IDLE_ROUNDS * (len(self.queue) + 1):
            self._quiet_polls = 0
            if not self._wall and self._advance():
                self.polled += 1
        self.stand_back(goroutine)
        return True

    def breathe(self, goroutine: Goroutine) -> None:
        """The step under way had an effect, but can't block (an atomic's `store`).

        A goroutine that does nothing else lets the others run now and then, as one that polls.
        """
        goroutine.polls += 1
        if goroutine.polls % STORES_AT_ONCE == 0:
            self.stand_back(goroutine)

    def tell(
        self, kind: str, goroutine: Goroutine | None, thing: Any = None, value: Any = None
    ) -> None:
        """Tells the observer, if there is one."""
        if self.observer is not None and not self.ending:
            self.observer(kind, goroutine, thing, value)

    # -- the end -----------------------------------------------------------------------------------

    def _nobody_can_be_woken(self) -> bool:
        """The verdict, taken before anybody is ended: all who are left are stuck for good."""
        stuck = all(goroutine.reason is not None for goroutine in self.alive.values())
        return stuck and self.clock.next() is None

    def _end(self) -> None:
        """Notes what those who are left were doing, and ends them.

        They don't run on: Go runs no deferred functions then. Each is looked at just before it is
        ended, because a stack that was looked at takes more memory than one that wasn't.
        """
        self.elapsed = self.clock.now
        for goroutine in self.alive.values():
            self._finish_output(goroutine)
        hopeless = self._nobody_can_be_woken()
        self.ending = self.over = True
        self.watch()
        for goroutine in self.alive.values():
            goroutine.parking += 1  # its waiters are stale: a channel may outlive the run
        with routed:
            for goroutine in self.alive.values():
                self.left.append(info_of(goroutine))
                if goroutine.worker is not None:
                    self._bury(goroutine.worker)
            for worker in self.idle:
                self._bury(worker)
        if hopeless:
            self.leaked = list(self.left)
        if isinstance(self.error, Deadlock):
            self.error.goroutines = list(self.left)
        self.alive.clear()
        self.idle.clear()
        self.queue.clear()

    def _bury(self, worker: Worker) -> None:
        self._deaths = 0
        if not worker.dead:
            worker.throw(Killed)
        if not worker.dead:
            unburied.append(worker)

    def _die_again(self) -> None:
        """A goroutine that is being ended came to an operation in a `finally` or `except`."""
        self._deaths += 1
        if self._deaths < STUBBORN:
            raise Killed
        self.hub.switch()


unburied: list[Any] = []  # greenlets that refuse to end: to drop them would only wake them again
