"""Writes random scripts, the same one for the same seed on every Python: README.md describes them.

In every script goroutines act at times of their own, so it doesn't matter who of several that can
run goes first: that is promised neither in Go nor in gochan.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import TypeVar

from .interpreter import ROUND, SLOT

T = TypeVar("T")

END = 40 * ROUND  # when main returns, if it does
UNITS = (30, 100, 1_000)  # nanoseconds; a mutex changes its ways after a millisecond
LONGEST_BURST = 5  # operations
THEMES = ("channel", "select", "mutex", "mutex", "rwmutex", "group", "once", "condition")
THEMES += ("number", "timer", "ticker", "context")

# Behind whole slots, so that no two things happen at the same time. Ticks come a unit later each.
TICK, TIMER, FUNCTION, CONTEXT, SLEEP = 1, 300, 400, 500, 600


class Dice(random.Random):
    """Draws lots by `random()` alone: that is the same in all releases of Python."""

    def below(self, limit: int) -> int:
        """A number from 0 to `limit` - 1."""
        return int(self.random() * limit)

    def one_of(self, things: Sequence[T]) -> T:
        """Any of them."""
        return things[self.below(len(things))]

    def some_of(self, things: Sequence[T], count: int) -> list[T]:
        """So many different ones."""
        left = list(things)
        return [left.pop(self.below(len(left))) for _ in range(count)]


def generate(seed: int) -> str:
    """The script with this number."""
    return Writer(Dice(seed)).script()


class Writer:
    """Writes one script."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.themes = dice.some_of(THEMES, 1 + dice.below(3))
        if dice.random() < 0.7:
            self.themes += dice.some_of(["channel", "select"], 1 + dice.below(2))
        self.values = 100  # every value that is sent is another
        self.helper = False  # has a goroutine been started by a WaitGroup?
        self.unlocks: list[str] = []  # what this goroutine still has to do

    def script(self) -> str:
        """All of its lines."""
        things = self.things()
        goroutines = [self.goroutine() for _ in range(2 + self.dice.below(4))]
        if self.dice.random() < 0.5:
            goroutines.append(self.watcher())
        lines = [self.main([*things, *goroutines]), *goroutines]
        return "\n".join([*things, *(f"{i}: {line}" for i, line in enumerate(lines)), ""])

    def main(self, lines: list[str]) -> str:
        """Goroutine 0: it returns in the end, or waits for ever, so that the others may be stuck.

        Not if timers are set anew: Go keeps those it was waiting for before among the ones that put
        a deadlock off, and gochan does not. With a ticker, that would be for ever.
        """
        ends = re.search(r"reset [tk]", " ".join(lines)) or self.dice.random() < 0.4
        return f"sleep {END}" if ends else "forever"

    def things(self) -> list[str]:
        """The lines that declare what the operations work on."""
        dice = self.dice
        lines = [f"unit {dice.one_of(UNITS)}"]
        lines += [f"channel {capacity}" for capacity in (0, dice.below(2), dice.below(4))]
        if "timer" in self.themes:
            lines += [f"timer {self.duration(TIMER, i)}" for i in (0, 1)]
        if "ticker" in self.themes:
            lines.append(f"ticker {self.period()}")
        if "context" in self.themes:
            lines += [self.derived(i) for i in range(3)]
            lines += [f"after x{dice.below(3)} {self.callback()}" for _ in range(2)]
        if "timer" in self.themes:
            lines += [f"function {self.duration(FUNCTION, i)} {self.callback()}" for i in (0, 1)]
        return lines

    def derived(self, i: int) -> str:
        """A context; its parent is one above it."""
        kinds = ["cancel", "cause", "timeout", "timeout", "late", "without"]
        kind = self.dice.one_of(kinds)
        parent = self.dice.one_of(["background", *(f"x{above}" for above in range(i))])
        if kind in ("timeout", "late"):
            return f"context {kind} {parent} {self.duration(CONTEXT, i)}"
        return f"context {kind} {parent}"

    def duration(self, beyond: int, i: int) -> int:
        """Up to six rounds."""
        return self.dice.below(60) * SLOT + beyond + 10 * i

    def period(self) -> int:
        """Of the ticker: at least two slots."""
        return (2 + self.dice.below(30)) * SLOT + TICK

    def goroutine(self) -> str:
        """A few operations; some of them at once after the one before."""
        self.unlocks = []
        text = self.operation()
        for _ in range(2 + self.dice.below(9)):
            following = self.operation()
            at_once = self.dice.random() < 0.25 and self.may_follow(text, following)
            text += (", " if at_once else "; ") + following
        return text

    def may_follow(self, text: str, operation: str) -> bool:
        """Whether an operation may be done at once after those before.

        Not beside a signal: if an unlock woke somebody else, the two would contend for the lock.
        And who waits for a group that has just released others takes the place of one of them.
        Nor after many: whoever only looks for long has to let others run in gochan.
        """
        burst = text.rpartition("; ")[2] + ", " + operation
        if re.search(r"(signal|broadcast) d", burst) or "wait g0" in operation:
            return False
        return burst.count(", ") < LONGEST_BURST

    def watcher(self) -> str:
        """A goroutine that looks again and again which channels are ready."""
        cases = [self.either_way() for _ in range(8 + self.dice.below(8))]
        return "; ".join(f"select {case} | default" for case in cases)

    def callback(self) -> str:
        """What a timer or context starts: it may set no timer, as it acts between the slots."""
        while True:
            self.unlocks = []
            operation = self.operation()
            if "reset" not in operation:
                return operation

    def operation(self) -> str:
        """Any operation; the panic of a few ends the program."""
        bare = "bare " if self.dice.random() < 0.01 else ""
        return bare + self.plain_operation()

    def plain_operation(self) -> str:
        """Any operation, whose panic is caught."""
        if self.dice.random() < 0.01:
            return f"panic {self.dice.below(100)}"
        return getattr(self, self.dice.one_of(self.themes))()

    def value(self) -> int:
        """A new one."""
        self.values += 1
        return self.values

    # -- the themes: an operation of each --------------------------------------------------------

    def channel(self) -> str:
        c = self.any_channel()
        words = ["send", "send", "send", "recv", "recv_ok", "next", "len"]
        if self.dice.random() < 0.5:
            words.append("close")
        word = self.dice.one_of(words)
        return f"send {c} {self.value()}" if word == "send" else f"{word} {c}"

    def any_channel(self) -> str:
        return self.dice.one_of(["c0", "c0", "c0", "c0", "c1", "c1", "c1", "c2", "c2", "c2", "nil"])

    def select(self) -> str:
        """Cases with different channels; with `default` one is enough.

        Not with two contexts: in which order one cancels those that derive from it, nobody knows.
        """
        with_default = self.dice.random() < 0.25
        count = (1 if with_default else 2) + self.dice.below(3)
        cases: dict[str, str] = {}
        while len(cases) < count:
            case = self.case()
            direction, thing = case.split()[:2]
            cases.setdefault(f"{direction} {'x' if thing[0] == 'x' else thing}", case)
        texts = list(cases.values())
        if with_default:
            texts.insert(self.dice.below(len(texts) + 1), "default")
        return "select " + " | ".join(texts)

    def case(self) -> str:
        others = [f"recv t{self.dice.below(2)}"] * ("timer" in self.themes)
        others += ["recv k0"] * ("ticker" in self.themes)
        others += [f"recv x{self.dice.below(3)}"] * ("context" in self.themes)
        if others and self.dice.random() < 0.3:
            return self.dice.one_of(others)
        return self.either_way()

    def either_way(self) -> str:
        c = self.any_channel()
        return self.dice.one_of([f"recv {c}", f"send {c} {self.value()}"])

    def mutex(self) -> str:
        if self.dice.random() < 0.005:
            return "force m1"
        m = self.dice.one_of(["m0", "m0", "m0", "m1"])
        return self.unlocked() or self.locked([f"lock {m}", f"lock {m}", f"try_lock {m}"])

    def rwmutex(self) -> str:
        if self.dice.random() < 0.005:
            return self.dice.one_of(["force w0", "rforce w0"])
        locks = ["lock w0", "try_lock w0", "rlock w0", "rlock w0", "try_rlock w0"]
        return self.unlocked() or self.locked(locks)

    def locked(self, locks: list[str]) -> str:
        """Locks in one of these ways."""
        lock = self.dice.one_of(locks)
        self.unlocks.append(lock.removeprefix("try_").replace("lock", "unlock"))
        return lock

    def unlocked(self) -> str | None:
        """Unlocks one that is held, if there is one; perhaps to lock again before anybody else."""
        if not self.unlocks or self.dice.random() < 0.3:
            return None
        unlock = self.unlocks.pop(self.dice.below(len(self.unlocks)))
        if self.dice.random() < 0.6:
            return unlock
        lock = unlock.replace("unlock", "lock")
        return f"{unlock}, {self.locked([lock, f'try_{lock}'])}"

    def group(self) -> str:
        if not self.helper and self.dice.random() < 0.1:
            self.helper = True
            return f"go g0 {self.plain_operation()}"
        words = ["add g0 1", "add g0 1", "add g0 2", "done g0", "done g0", "wait g0", "wait g0"]
        return self.dice.one_of([*words, "done g0, add g0 1"])

    def once(self) -> str:
        others = [theme for theme in self.themes if theme != "once"] or ["channel"]
        inside = f"once o{self.dice.below(2)} " if self.dice.random() < 0.2 else ""
        return f"once o{self.dice.below(2)} {inside}{getattr(self, self.dice.one_of(others))()}"

    def condition(self) -> str:
        lock, d = self.dice.one_of([("lock m0", "d0"), ("rlock w0", "d1")])
        if self.dice.random() < 0.5:
            return self.dice.one_of([f"signal {d}", f"broadcast {d}"])
        if self.unlocks:
            return self.unlocked() or f"wait {d}"
        return f"{self.locked([lock])}, wait {d}"

    def number(self) -> str:
        a, n = f"a{self.dice.below(2)}", self.dice.below(3)
        words = [f"load {a}", f"store {a} {n}", f"add {a} {n - 1}", f"swap {a} {n}"]
        return self.dice.one_of([*words, f"cas {a} {self.dice.below(3)} {n}"])

    def timer(self) -> str:
        i = self.dice.below(2)
        again = [
            f"reset t{i} {self.duration(TIMER, i)}",
            f"reset f{i} {self.duration(FUNCTION, i)}",
        ]
        words = [f"recv t{i}", f"recv t{i}", f"stop t{i}", f"stop f{i}", *again]
        return self.dice.one_of([*words, f"sleep {self.duration(SLEEP, 0)}"])

    def ticker(self) -> str:
        return self.dice.one_of(["recv k0", "recv k0", "stop k0", f"reset k0 {self.period()}"])

    def context(self) -> str:
        x = f"x{self.dice.below(3)}"
        reason = self.dice.one_of(["boring", "nil"])
        words = [f"recv {x}", f"cancel {x} {reason}", f"err {x}", f"cause {x}", f"deadline {x}"]
        return self.dice.one_of([*words, f"stop h{self.dice.below(2)}"])
