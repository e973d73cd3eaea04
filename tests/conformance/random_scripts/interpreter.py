"""The Python side: runs a script on gochan, and logs what each operation gave.

script.go does the same in Go, in the same order. README.md describes a script.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from gochan import Panic, context, default, go, panic, recv, select, send, time

from .log import Entry
from .things import Things, index

SLOT = 1_000  # units; at such times goroutines act, between them timers fire
ROUND = 10 * SLOT  # each actor has one slot in it
FIRST_AFTER = 7  # and 8: the slots of functions that a cancelled context starts
HELPER = 9  # the slot of the goroutine of WaitGroup.go

# Who does the operations on a thing, by the first letter of its name.
KINDS = {
    "c": "on_channel",
    "n": "on_channel",
    "t": "on_timer",
    "k": "on_timer",
    "f": "on_timer",
    "x": "on_context",
    "h": "on_after",
    "m": "on_mutex",
    "w": "on_rwmutex",
    "g": "on_group",
    "d": "on_condition",
    "a": "on_number",
}


def program(script: str, log: list[Entry]) -> None:
    """Makes what is declared, starts the goroutines, and is goroutine 0 itself."""
    things = Things()

    def act(name: str, slot: int | None, operations: str) -> None:
        Actor(things, log, name, slot).run(operations)

    goroutines = []
    for line in script.splitlines():
        name, colon, operations = line.partition(": ")
        kind, *rest = name.split()
        if colon:
            goroutines.append(operations)
        elif kind == "function":
            f = partial(act, f"f{len(things.functions)}", None, " ".join(rest[1:]))
            things.functions.append(time.after_func(things.seconds(rest[0]), f))
        elif kind == "after":
            i = len(things.afters)
            f = partial(act, f"h{i}", FIRST_AFTER + i, " ".join(rest[1:]))
            things.afters.append(context.after_func(things.context(rest[0]), f))
        else:
            things.declare(kind, *rest)
    for i, operations in enumerate(goroutines[1:], 1):
        go(act, str(i), i, operations)
    act("0", 0, goroutines[0])


class Actor:
    """Whoever runs operations: a goroutine, or a function that a timer or context starts."""

    def __init__(self, things: Things, log: list[Entry], name: str, slot: int | None) -> None:
        self.things = things
        self.log = log
        self.name = name
        self.slot = slot  # None: acts at any time
        self.held: Counter[str] = Counter()  # locks

    def run(self, operations: str) -> None:
        """Does a goroutine's operations.

        Behind a semicolon it waits for its next slot, behind a comma it goes on at once, unless the
        operation before has taken time.
        """
        number = 0
        for burst in operations.split("; "):
            for i, operation in enumerate(burst.split(", ")):
                if self.slot is not None and (i == 0 or not self.in_slot()):
                    self.wait_for_slot()
                result = self.attempt(operation.split())
                self.log.append(Entry(self.name, number, self.things.now(), told(result)))
                number += 1

    def in_slot(self) -> bool:
        """Whether it is this actor's time."""
        return self.things.now() % ROUND == self.slot * SLOT

    def wait_for_slot(self) -> None:
        """Sleeps until it is, next time."""
        now = self.things.now()
        next_time = now - now % ROUND + self.slot * SLOT
        if next_time <= now:
            next_time += ROUND
        time.sleep((next_time - now) * self.things.unit)

    def attempt(self, words: list[str]) -> Any:
        """Does an operation and recovers from its panic, unless there is a `bare` before it."""
        if words[0] == "bare":
            return self.do(*words[1:])
        try:
            return self.do(*words)
        except Panic as error:
            return f"panic: {error}"

    def do(self, operation: str, thing: str = "", *rest: str) -> Any:
        """Does an operation on a thing; its result."""
        match operation:
            case "sleep":
                return time.sleep(self.things.seconds(thing))
            case "forever":
                return select()
            case "panic":
                panic(int(thing))
            case "select":
                return self.select(" ".join((thing, *rest)))
            case "once":
                result: list[Any] = []
                once = self.things.onces[index(thing)]
                once.do(lambda: result.append(f"ran {told(self.do(*rest))}"))
                return result[0] if result else None
        return getattr(self, KINDS[thing[0]])(operation, thing, *rest)

    def on_channel(self, operation: str, thing: str, value: str = "") -> Any:
        c = self.things.channel(thing)
        match operation:
            case "send":
                return c.send(int(value))
            case "recv":
                return c.recv()
            case "recv_ok":
                return c.recv_ok()
            case "next":
                return next(iter(c), "end")
            case "close":
                return c.close()
            case "len":
                return len(c), c.cap
        raise unknown(operation)

    def on_timer(self, operation: str, thing: str, duration: str = "") -> Any:
        timer = self.things.timer(thing)
        match operation:
            case "recv":
                return self.things.since_start(timer.c.recv())
            case "stop":
                return timer.stop()
            case "reset":
                return timer.reset(self.things.seconds(duration))
        raise unknown(operation)

    def on_context(self, operation: str, thing: str, reason: str = "") -> Any:
        ctx = self.things.context(thing)
        match operation:
            case "recv":
                return ctx.done().recv_ok()[1]
            case "cancel":
                return self.things.cancels[index(thing)](reason)
            case "err":
                return error_text(ctx.err())
            case "cause":
                return error_text(context.cause(ctx))
            case "deadline":
                deadline, ok = ctx.deadline()
                return self.things.since_start(deadline) if ok else "none"
        raise unknown(operation)

    def on_after(self, _: str, thing: str) -> bool:
        stop = self.things.afters[index(thing)]
        return stop()

    def on_mutex(self, operation: str, thing: str) -> Any:
        return self.on_lock(operation, thing, self.things.mutexes[index(thing)])

    def on_rwmutex(self, operation: str, thing: str) -> Any:
        match operation:
            case "rlock" | "runlock" | "rforce":
                return self.on_lock(operation[1:], "r0", self.things.rw.rlocker())
            case "try_rlock":
                return self.tried("r0", self.things.rw.try_rlock())
        return self.on_lock(operation, thing, self.things.rw)

    def on_lock(self, operation: str, name: str, lock: Any) -> Any:
        match operation:
            case "lock":
                lock.lock()
                self.held[name] += 1
                return None
            case "try_lock":
                return self.tried(name, lock.try_lock())
            case "unlock" if not self.held[name]:
                return "skipped"
            case "unlock":
                self.held[name] -= 1
                return lock.unlock()
            case "force":
                return lock.unlock()
        raise unknown(operation)

    def tried(self, name: str, taken: bool) -> bool:
        """Notes a lock that was taken."""
        self.held[name] += taken
        return taken

    def on_group(self, operation: str, _: str, *rest: str) -> Any:
        group = self.things.group
        match operation:
            case "add":
                return group.add(int(rest[0]))
            case "done":
                return group.done()
            case "wait":
                return group.wait()
            case "go":
                return group.go(self.help, " ".join(rest))
        raise unknown(operation)

    def help(self, operations: str) -> None:
        """What the goroutine of WaitGroup.go does."""
        helper = Actor(self.things, self.log, "s", HELPER)
        helper.run(operations)
        helper.wait_for_slot()  # the group counts it down: an operation too

    def on_condition(self, operation: str, thing: str) -> Any:
        """Waits only with the lock held.

        Several who contend for a mutex once they are woken would do so in an order that nobody
        promises: so only one is.
        """
        i = index(thing)
        condition, waiting = self.things.conditions[i], self.things.waiting
        match operation:
            case "wait" if not self.held["m0" if i == 0 else "r0"]:
                return "skipped"
            case "wait":
                waiting[i] += 1
                condition.wait()
                waiting[i] -= 1
                return None
            case "signal":
                return condition.signal()
            case "broadcast" if i == 0 and waiting[i] > 1:
                return "skipped"
            case "broadcast":
                return condition.broadcast()
        raise unknown(operation)

    def on_number(self, operation: str, thing: str, *values: str) -> Any:
        number = self.things.numbers[index(thing)]
        match operation:
            case "load":
                return number.load()
            case "store":
                return number.store(int(values[0]))
            case "add":
                return number.add(int(values[0]))
            case "swap":
                return number.swap(int(values[0]))
            case "cas":
                return number.compare_and_swap(int(values[0]), int(values[1]))
        raise unknown(operation)

    def select(self, text: str) -> Any:
        """Runs `recv c0 | send c1 105 | default`: the case taken, and what was received."""
        words = [case.split() for case in text.split(" | ")]
        taken, value, ok = select(*map(self.case, words))
        match words[taken]:
            case ["recv", thing] if thing[0] == "c":
                return taken, value, ok
            case ["recv", thing] if thing[0] in "tk":
                return taken, self.things.since_start(value)
        return taken

    def case(self, words: list[str]) -> Any:
        """One case of a select."""
        match words:
            case ["recv", thing]:
                return recv(self.things.source(thing))
            case ["send", thing, value]:
                return send(self.things.channel(thing), int(value))
        return default


def told(result: Any) -> str:
    """A result in Go's words; `-` if there is none."""
    if isinstance(result, tuple):
        return " ".join(map(told, result))
    if isinstance(result, bool):
        return "true" if result else "false"
    return "-" if result is None else str(result)


def error_text(error: BaseException | None) -> str:
    """An error in Go's words."""
    return "<nil>" if error is None else str(error)


def unknown(operation: str) -> ValueError:
    """No script has such an operation."""
    return ValueError(f"unknown: {operation}")
