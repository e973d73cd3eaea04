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
import sys
from collections import deque
from collections.abc import Callable
from contextvars import copy_context
from operator import attrgetter
from types import CodeType
from typing import Any

from greenlet import getcurrent

from ..errors import Deadlock, FatalError, text_of
from .clock import Alarm, Clock, WallClock
from .crash import describe
from .crew import Crew
from .ending import Ending
from .event import (
    BLOCK,
    CLOCK,
    CRASH,
    END,
    ENTER,
    EXIT,
    GOROUTINES,
    PRINT,
    READY,
    RUN,
    STEP,
    TIME,
    YIELD,
    Tape,
    current,
    watching,
)
from .garbage import FewerCollections
from .goroutine import SLEEP, Goroutine, GoroutineInfo, Worker, let_go
from .interrupt import Interruptible
from .limits import Limits
from .output import Output
from .polling import Polling
from .processors import Processors
from .schedule import CLOCK_FIRST, FirstCome, Policy, Schedule, policy_of
from .shown import without_addresses
from .source import raised_at, user_frame


class Scheduler:
    """A run, from `execute` to its end.

    Parameters are those of `gochan.run`; see there. `tape` is what events are noted on (None: they
    aren't), `output` takes what the goroutines print (None: it goes where prints go), `at_exit` is
    called with what main returned, at that moment: others may go on, and change it; `crew` lends
    its workers, and keeps them after the run.
    """

    __slots__ = (
        "schedule",
        "policy",
        "has_choice",
        "_wall",
        "clock",
        "processors",
        "tape",
        "plain_tape",
        "_read",
        "_steps_read",
        "output",
        "_limits",
        "_at_exit",
        "queue",
        "idle",
        "workers",
        "started",
        "ended",
        "checked",
        "credit",
        "_granted",
        "_patience",
        "hub",
        "_context",
        "crew",
        "_garbage",
        "over",
        "ending",
        "_end",
        "interrupted",
        "stopped",
        "ended_by",
        "_watches",
        "value",
        "outcome",
        "error",
        "left",
        "leaked",
        "elapsed",
        "polling",
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
        at_exit: Callable[[Any], None] | None = None,
        crew: Crew | None = None,
    ) -> None:
        self.schedule = schedule or Schedule()
        self.policy: Policy = policy or policy_of(self.schedule)
        self.has_choice = not isinstance(self.policy, FirstCome)
        self._wall = clock == "wall"
        self.clock: Clock = WallClock() if self._wall else Clock()
        self.processors = Processors(self, procs)
        self.tape: Tape | None = None
        self.plain_tape: Tape | None = None  # the same, if nothing has to be asked meanwhile
        self._read = 0  # so many cells of the tape were read, and so many steps are in them
        self._steps_read = 0
        self.output = output
        self._limits = Limits(until, max_steps, timeout, linger)
        self._at_exit = at_exit

        self.queue: deque[Goroutine] = deque()  # the run queue
        self.started = 0
        self.ended = 0
        self.checked: Any = ...  # the function that `go` looked at last
        self.credit = 0  # visible operations that may go by before anything has to be asked
        self._granted = 0
        self._patience = self.policy.patience()
        self.hub: Any = getcurrent()
        self._context = copy_context()  # decimal's precision and the like, as the caller has them
        self.crew = crew
        self.idle: list[Worker] = crew.lend(self._context) if crew is not None else []
        self.workers: list[Worker] = list(self.idle)
        self._garbage = FewerCollections()

        self.over = False
        self.ending = False
        self.interrupted = False
        self.stopped: Goroutine | None = None  # who was running when the program was ended
        self.ended_by: str | None = None  # the reason, also of what went on after main had returned
        self._watches = 0

        self.value: Any = None
        self.outcome: str | None = None
        self.error: BaseException | None = None
        self.left: list[GoroutineInfo] = []
        self.leaked: list[GoroutineInfo] = []
        self.elapsed = 0
        self.polling = Polling(self)
        self._end = Ending(self)

    # -- goroutines: start, block, go on -----------------------------------------------------------

    def go(  # noqa: PLR0917 - by position, because keywords would cost a tenth of the time
        self,
        fn: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        created_by: int = 0,
        code: CodeType | None = None,
        created_at: int = 0,
    ) -> Goroutine:
        """A new goroutine at the end of the run queue, created at an instruction of `code`."""
        goroutine = Goroutine()
        goroutine.run = self
        self.started = goroutine.id = self.started + 1
        goroutine.fn = fn
        goroutine.args = args
        goroutine.kwargs = kwargs
        goroutine.created_by = created_by
        goroutine.created_code = code
        goroutine.created_at = created_at
        goroutine.parking = goroutine.polls = 0
        goroutine.reason = goroutine.resume = goroutine.waiter = goroutine.given_name = None
        self.queue.append(goroutine)
        return goroutine

    def alive(self) -> list[Goroutine]:
        """The goroutines that have not ended, in the order in which they were started."""
        carried = (worker.goroutine for worker in self.workers)
        alive = [goroutine for goroutine in carried if goroutine is not None]
        alive += [goroutine for goroutine in self.queue if goroutine.resume is None]
        alive.sort(key=attrgetter("id"))
        return alive

    def running(self) -> Goroutine | None:
        """The goroutine that runs now, None while the hub does."""
        worker = getcurrent()
        return worker.goroutine if type(worker) is Worker else None

    def park(self, goroutine: Goroutine, reason: str, waiting_on: Any = None) -> None:
        """Blocks the calling goroutine until somebody makes it ready."""
        goroutine.reason = reason
        goroutine.waiting_on = waiting_on
        goroutine.polls = 0
        tape = self.tape
        if tape is not None:
            tape += (BLOCK, waiting_on, reason, None, None)
        self.switch_away()
        if tape is not None:
            tape += (RUN, goroutine, None, None, None)

    def ready(self, goroutine: Goroutine) -> None:
        """Makes a parked goroutine runnable."""
        goroutine.parking += 1
        goroutine.reason = None
        self.queue.append(goroutine)
        if self.tape is not None:
            self.tape += (READY, goroutine, None, None, None)

    def stand_back(self, goroutine: Goroutine) -> None:
        """Lets the others go first."""
        if self.queue:
            self.give_way(goroutine)

    def give_way(self, goroutine: Goroutine) -> None:
        """Goes to the end of the run queue, which may be empty."""
        self.queue.append(goroutine)
        tape = self.tape
        if tape is not None:
            tape += (YIELD, None, None, None, None)
        self.switch_away()
        if tape is not None:
            tape += (RUN, goroutine, None, None, None)

    def alarm(self, when: int, goroutine: Goroutine) -> Alarm:
        """Makes a parked goroutine ready at `when` nanoseconds."""
        return self.clock.set(when, lambda: self.ready(goroutine))

    def sleep(self, goroutine: Goroutine, duration: int) -> None:
        """Blocks the calling goroutine for `duration` nanoseconds of program time."""
        self.alarm(self.clock.now + duration, goroutine)
        self.park(goroutine, SLEEP)

    def switch_away(self) -> None:
        """Straight to the next goroutine if it has a stack, else by way of the hub."""
        if not self.queue:
            self.hub.switch()
            return
        goroutine = self.next()
        if goroutine.resume is None:
            self.start(goroutine)
        else:
            goroutine.resume()

    def start(self, goroutine: Goroutine) -> None:
        """Switches to a goroutine that has no stack yet."""
        if self.idle:
            self._lend(goroutine).switch()
        else:
            self.hub.switch(goroutine)

    def next(self) -> Goroutine:
        """Takes the goroutine that goes next out of the run queue, which isn't empty."""
        queue = self.queue
        if self.has_choice and (len(queue) > 1 or self.policy.moves_clock):
            index = self.choose(queue)
            while index == CLOCK_FIRST:
                self._advance()
                index = self.choose(queue)
            chosen = queue[index]
            if not self.policy.shuffles:
                del queue[index]  # the others keep their order, which takes a while in a long queue
                return chosen
            first = queue.popleft()
            if index:
                queue[index - 1] = first
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
            worker = Worker(parent=self.hub)
            worker.resume = worker.switch
            worker.gr_context = self._context.copy()
            self.workers.append(worker)
            self._garbage.another_stack()
        worker.goroutine = goroutine
        goroutine.resume = worker.resume
        return worker

    def carry(self, worker: Worker) -> Callable[[], Any] | None:
        """A worker carries one goroutine after the other, until one is next that has a stack.

        Returns what switches to that, or to the hub; None if the worker is of no more use.
        """
        queue = self.queue
        while True:
            goroutine: Any = worker.goroutine
            if self.tape is not None:
                self.tape += (RUN, goroutine, None, None, None)
            try:
                if goroutine.args or goroutine.kwargs:
                    result = goroutine.fn(*goroutine.args, **goroutine.kwargs)
                else:
                    result = goroutine.fn()
            except BaseException as error:  # noqa: BLE001 - whatever it is, it ends the goroutine
                self._crashed(goroutine, error)
            else:
                if watching.on or goroutine.id == 1:
                    self._returned(goroutine, result)
            if self.ending and self.crew is None:
                return None
            result = None
            goroutine.resume = goroutine.waiter = None
            self.ended += 1
            if queue and not self.over:
                goroutine = self.next() if self.has_choice else queue.popleft()
                resume: Callable[[], Any] | None = goroutine.resume
                if resume is None:
                    goroutine.resume = worker.resume
                    worker.goroutine = goroutine
                    continue
            else:
                resume = self.hub.switch
            worker.goroutine = None
            self.idle.append(worker)
            return resume

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
            if self._must_be_asked():
                self.watch()
            elif self.tape is not None:
                self.watch()
                self.plain_tape = self.tape
            watching.begin_run(self)
            with Interruptible(self):
                self._begin_to_end()
        finally:
            watching.end_run(self)
            watching.add(-self._watches)
            self._garbage.restore()
            let_go(main_goroutine)
            self.checked = ...
        if self.interrupted:
            raise KeyboardInterrupt

    def _begin_to_end(self) -> None:
        try:
            self._loop()
        except KeyboardInterrupt:
            self.interrupted = True
        finally:
            self._finish()

    def _must_be_asked(self) -> bool:
        return self.has_choice or self._wall or self._limits.has_budget

    def watch(self) -> None:
        """From now on every operation calls `step` first."""
        self._watches += 1
        watching.add(1)

    def _loop(self) -> None:
        while not self.over:
            if self.queue:
                self._resume(self.next())
            elif not self._advance():
                self._nobody_can_run()

    def _resume(self, goroutine: Any) -> None:
        """Runs a goroutine until nobody can go on, or a new one needs a stack from here."""
        while isinstance(goroutine, Goroutine) and not self.over:
            resume = goroutine.resume or self._lend(goroutine).switch
            goroutine = resume()

    def _advance(self, at_the_latest: float = math.inf) -> bool:
        """Moves the clock to the next alarm that somebody needs; False if there is none."""
        alarm = self.clock.next()
        when = at_the_latest if alarm is None else min(alarm, at_the_latest)
        if when == math.inf:
            return False
        until = self._limits.until
        latest = self.clock.now + self._limits.wall_left() if self._wall else math.inf
        self.clock.wait_until(int(min(when, until, latest)))
        if when > until:
            self.stop("cut")
        elif (budget := self._limits.out_of_time()) is not None:
            self.stop("budget", budget)
        else:
            self.ring()
        return True

    def ring(self) -> None:
        """Rings what is due: one step, whoever is woken by it."""
        self._granted += 1
        if self.tape is not None:
            self.tape += (TIME, None, self.clock.now, STEP, None)
        self.clock.ring_due(self.choose if self.has_choice else None)

    def _nobody_can_run(self) -> None:
        if self.outcome is None:
            self.outcome, self.error = "deadlock", Deadlock()
        self.over = True

    def _returned(self, goroutine: Goroutine, value: Any) -> None:
        if self.ending:
            return
        kind = END if goroutine.id != 1 else EXIT
        self._begin_end(goroutine, kind)
        if self.tape is not None:
            self.tape += (kind, None, None, STEP, None)
            let_go(goroutine)
        if goroutine.id != 1:
            return
        self.value = value
        self.outcome = "ok"
        if self._at_exit is not None:
            self._at_exit(value)
        if not self._limits.main_returned(self.clock.now):
            self.over = True

    def _crashed(self, goroutine: Goroutine, error: BaseException) -> None:
        """An exception escaped: the program ends, unless main has returned before."""
        if self.ending:
            return
        if isinstance(error, KeyboardInterrupt):
            self.interrupted = self.over = True
            return
        self._begin_end(goroutine, CRASH)
        if self.outcome is None:
            describe(error, goroutine)
            self.outcome, self.error, self.over = "panic", error, True
        if self.tape is not None:
            text = without_addresses(text_of(error) or type(error).__name__)
            self.tape += (CRASH, None, text, *(raised_at(error.__traceback__) or (STEP, None)))
            let_go(goroutine)

    def _begin_end(self, goroutine: Goroutine, kind: str) -> None:
        """The end of a goroutine is a visible operation like any other."""
        if self.output is not None:
            self.output.finish(goroutine)
        if self.has_choice:
            self.begin(kind)
        else:
            self._granted += 1

    def stop(self, outcome: str, error: BaseException | None = None) -> None:
        """Ends the program from outside the goroutines; the calling one doesn't go on."""
        self.ended_by = outcome
        if self.outcome is None:
            self.outcome, self.error = outcome, error
        self.over = True
        self._take_processor_away()

    def _take_processor_away(self) -> None:
        running = self.running()
        if running is not None:
            self.stopped = self.stopped or running
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

    @property
    def steps(self) -> int:
        """How many visible operations there have been."""
        if self.tape is None:
            return self.used()
        self._steps_read += sum(code is not None for code in self.tape[self._read + 3 :: 5])
        self._read = len(self.tape)
        return self._steps_read

    def begin(self, kind: str, *things: Any) -> Tape | None:
        """Begins a visible operation of the goroutine that runs; returns the tape, if there is one.

        `kind` and `things` say what it is about to do.

        Is there time left, is the run over, does somebody else go first? This has to be asked only
        when the credit is used up.
        """
        if not self.credit or watching.several:
            goroutine = current()
            if goroutine is None or goroutine.run is not self:
                self.refuse_strangers()
                return goroutine.run.begin(kind, *things) if goroutine is not None else None
            if not self.credit:
                self._ask(goroutine, kind, things)
        self.credit -= 1
        return self.tape

    def refuse_strangers(self) -> None:
        """Raises RuntimeError if not a goroutine of this run calls, unless the run is over."""
        goroutine = current()
        if not self.ending and (goroutine is None or goroutine.run is not self):
            raise RuntimeError(
                "this channel or lock belongs to a program that runs in another thread: "
                "only its own goroutines can use it"
            )

    def _ask(self, goroutine: Goroutine, kind: str, things: tuple[Any, ...]) -> None:
        is_bounded = self._wall or self._limits.has_budget
        if is_bounded or self.ending:
            self._check()
        is_impatient = not self._patience
        if is_impatient:
            self._patience = self.policy.patience()
        credit = self._patience
        if is_bounded and (credit or self._wall):
            credit = self._credit()
        self.credit = credit
        self._patience -= credit
        self._granted += credit
        if (
            is_impatient
            and (self.queue or self.policy.moves_clock)
            and self.policy.preempts(goroutine, kind, things)
        ):
            self.give_way(goroutine)
        if not self.credit:  # it has been asked, and the others have used up what was granted then
            self.credit = 1
            self._granted += 1

    def _credit(self) -> int:
        """For so many operations nothing has to be asked."""
        if self._wall:
            return 1
        return min(self._patience, self._limits.operations(self.used()))

    def used(self) -> int:
        """How many visible operations of a watched run there have been; any thread may ask."""
        return self._granted - self.credit

    def _check(self) -> None:
        """Stops a run that is over, or out of its budget; keeps up with a wall clock."""
        if self.ending:
            self._end.die_again()
        budget = self._limits.refuses(self.used())
        if budget is not None:
            self.stop("budget", budget)
        if self._wall:
            self._keep_up()

    def _keep_up(self) -> None:
        """A wall clock goes on while goroutines run: rings what has come due."""
        when = self.clock.next()
        if when is not None and when <= self.clock.now:
            self.ring()
        if self.clock.now > self._limits.until:
            self.stop("cut")

    def printed(self, goroutine: Goroutine, line: str) -> None:
        """A goroutine printed a line: a step that nobody else in the program can see."""
        is_running = goroutine is self.running()
        if is_running:
            self._check()  # a loop that only prints has to come to its end, too
        self._granted += 1
        self.polling.idle_step()
        if self.tape is not None:
            frame = user_frame(sys._getframe(1)) if is_running else None
            if frame is None:
                self.tape += (PRINT, None, line, STEP, goroutine)
            else:
                self.tape += (PRINT, None, line, frame.f_code, frame.f_lasti)

    def glance(self, goroutine: Goroutine) -> None:
        """An operation only looked at what no other goroutine changes (`now`).

        So nobody else goes first, but a loop round it has to let the others run.
        """
        self._check()
        self._granted += 1
        if self.tape is not None:
            self.tape += (ENTER, None, None, STEP, None)
        self.poll(goroutine)

    def look_around(self, goroutine: Goroutine, *what: str) -> None:
        """An operation only looked at who is there, and maybe at `what` they do."""
        if watching.on:
            tape = self.begin(GOROUTINES, *what)
            if tape is not None:
                tape += (ENTER, None, None, STEP, None)
        self.poll(goroutine)

    def poll(self, goroutine: Goroutine) -> bool:
        """The step under way only looked (`default`, `try_lock`); were the others let run?"""
        return self.polling.poll(goroutine)

    def jump(self, at_the_latest: float) -> bool:
        """A virtual clock moves on although somebody can run."""
        return not self._wall and self._advance(at_the_latest)

    def count_steps(self) -> None:
        """From now on the operations of a run that nobody watches are counted, too."""
        if not self._watches:
            self.watch()

    def tell(self, kind: str, thing: Any = None, value: Any = None) -> None:
        """Notes what the clock did."""
        if self.tape is not None and not self.ending:
            self.tape += (kind, thing, value, None, CLOCK)

    # -- the end -----------------------------------------------------------------------------------

    def _nobody_can_be_woken(self) -> bool:
        """The verdict, taken before anybody is ended: all who are left are stuck for good."""
        stuck = all(goroutine.reason is not None for goroutine in self.alive())
        return stuck and self.clock.next() is None

    def _finish(self) -> None:
        """The verdict, and then the end of those who are left."""
        self.elapsed = self.clock.now
        alive = self.alive()
        if self.output is not None:
            for goroutine in alive:
                self.output.finish(goroutine)
        hopeless = self._nobody_can_be_woken()
        self.ending = self.over = True
        self._granted, self.credit = self.used(), 0  # from now on every operation has to ask
        self.tape = self.plain_tape = None
        self.watch()
        self._end.bury_all(alive)
        if hopeless:
            self.leaked = list(self.left)
        if isinstance(self.error, Deadlock):
            self.error.goroutines = list(self.left)
        self.workers.clear()
        self.queue.clear()
