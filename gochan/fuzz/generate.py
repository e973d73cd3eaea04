"""Writes random programs, the same one for the same seed on every Python.

First come fragments: operations that one goroutine does in a row, such as to lock, write, unlock.
Those of one kind belong together: who is to receive, somebody sends to. Then they are dealt to the
goroutines, who are started by one another, and in some programs a thing or two is spoilt.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from .program import LAST, NIL, Block, Op, Program, Thing, tidy

T = TypeVar("T")

SIZE = 8  # visible operations, apart from those that start goroutines and wait for their end
ORDERS = 80, 900  # about so many schedules has a program of the default size
FOR_MORE_GOROUTINES = 4  # so many times more of four: less would leave them nothing to do
MORE_BY_SELECT = 1.3
SPOILT = 0.3  # of all programs

ANYWHERE, FIRST, LATE, MAIN_FIRST, MAIN_LAST = "anywhere", "first", "late", "main first", "end"
PLACES = {MAIN_FIRST: 0, FIRST: 1, ANYWHERE: 2, LATE: 3, MAIN_LAST: 4}  # their order in a body

THEMES = 7 * ["choice"] + 3 * ["channel"] + 2 * ["mutex", "rwmutex", "timer", "context"]
THEMES += ["group", "once", "condition", "variable", "number", "table", "control"]


class Dice(random.Random):
    """Draws lots by `random()` alone: that is the same in all releases of Python."""

    def below(self, limit: int) -> int:
        """A number from 0 to `limit` - 1."""
        return int(self.random() * limit)

    def one_of(self, things: Sequence[T]) -> T:
        """Any of them."""
        return things[self.below(len(things))]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """All of them, in any order."""
        left = list(things)
        return [left.pop(self.below(len(left))) for _ in things]

    def chance(self, probability: float) -> bool:
        """True so often."""
        return self.random() < probability


@dataclass(frozen=True)
class Fragment:
    """What one goroutine does in a row, and where among what it does."""

    ops: Block
    place: str = ANYWHERE


def generate(seed: int, size: int = SIZE, spoilt: float = SPOILT) -> Program:
    """The program with this number.

    Parameters
    ----------
    size
        About so many visible operations; each one more makes twice as many schedules or so.
    spoilt
        How many of all programs have mistakes, from 0 to 1.
    """
    dice = Dice(seed)
    count = 2 + dice.chance(0.6) + dice.chance(0.25)
    least, most = (limit * 2.0 ** (size - SIZE) for limit in ORDERS)
    while True:
        program = _Writer(dice, size, spoilt, count).program()
        room = FOR_MORE_GOROUTINES if count > 3 else 1
        if len(program.bodies) >= count and least <= orders(program) <= most * room:
            return program


def orders(program: Program) -> float:
    """About so many schedules there are: orders in which the operations can come."""
    bodies = [cost_of(body) for body in program.bodies]
    # To be started is a step, and so is to be done.
    costs = [cost + (1 + program.joined if i else 0) for i, cost in enumerate(bodies)]
    lots = sum(op.word == "select" and len(op.body) > 1 for op in program.operations())
    logarithm = math.lgamma(sum(costs) + 1) - sum(math.lgamma(cost + 1) for cost in costs)
    return math.exp(min(logarithm, 100)) * MORE_BY_SELECT**lots


# Visible operations that an operation stands for; it is less than one if it often has to wait.
COSTS = {"with": 1.6, "rwith": 2, "lock": 0.6, "increment": 2, "get": 2, "put": 2, "has": 2}
COSTS |= {"delete": 2, "size": 2, "do": 1.6, "until": 1, "wait": 0.6, "recv": 0.6, "recv_ok": 0.6}
COSTS |= {"send": 0.6, "range": 0.6, "sleep": 0.3, "panic": 0, "return": 0, "now": 0, "if": 0}
COSTS |= {"try": 0, "loop": 0, "default": 0, "go": 0.8, "start": 0.8}


def cost_of(block: Block) -> float:
    """About how many visible operations that is."""
    return sum(_cost(op) for op in block)


def _cost(op: Op) -> float:
    if op.word == "select":
        default = any(case.word == "default" for case in op.body)
        afters = sum(case.word == "after" for case in op.body)
        inner = max((cost_of(case.body) for case in op.body), default=0)
        return (1 if default else 0.6) + afters + inner
    cost = COSTS.get(op.word, 1) + max(cost_of(op.body), cost_of(op.other))
    return int(op.value) * cost if op.word in ("loop", "range") else cost


class _Writer:
    """Writes one program."""

    def __init__(self, dice: Dice, size: int, spoilt: float, count: int) -> None:
        self.dice = dice
        # The last fragments will be more, and to start goroutines is something, too.
        self.size = size - 2 * (count - 1) - dice.below(3)
        self.joined = dice.chance(0.65)
        self.is_spoilt = dice.chance(spoilt)
        self.things: dict[str, Thing] = {}
        self.values = 0  # every value that is sent or written is another
        self.count = count
        self.alone: list[Block] = []  # what goroutines do that a timer or context starts

    def program(self) -> Program:
        """All of it."""
        bodies = [self.body(hand) for hand in self.hands()]
        if self.is_spoilt:
            for _ in range(1 + self.dice.below(2)):
                self.spoil(bodies)
        self.start_all(bodies)
        bodies += self.alone
        things = tuple(sorted(self.things.values(), key=lambda thing: thing.name in self.derived))
        return tidy(Program(things, tuple(bodies), self.joined))

    @property
    def derived(self) -> set[str]:
        """The things made of others, which come behind them."""
        return {thing.name for thing in self.things.values() if thing.of or thing.body >= 0}

    # -- who does what -----------------------------------------------------------------------------

    def hands(self) -> list[list[Fragment]]:
        """Fragments for each goroutine, until there is enough to do."""
        dice = self.dice
        themes = dice.shuffled(THEMES)[: 1 + dice.below(3)]
        hands: list[list[Fragment]] = [[] for _ in range(self.count)]
        while sum(cost_of(one.ops) for hand in hands for one in hand) < self.size:
            hands = self.dealt(getattr(self, dice.one_of(themes))(), hands)
        if dice.chance(0.5) and (look := self.last_look()) is not None:
            hands[0].append(Fragment((look,), MAIN_LAST))
        return hands

    def dealt(self, fragments: list[Fragment], hands: list[list[Fragment]]) -> list[list[Fragment]]:
        """The hands with these fragments in them, mostly one after the other to all in turn.

        So who sends and who receives are seldom the same, and all come to it in the same order.
        """
        dice = self.dice
        hands = [list(hand) for hand in hands]
        turn = dice.below(self.count)
        for one in dice.shuffled(fragments):
            turn = turn + 1 if dice.chance(0.85) else dice.below(self.count)
            of_main = one.place in (MAIN_FIRST, MAIN_LAST)
            hand = hands[0 if of_main else turn % self.count]
            hand.insert(dice.below(len(hand) + 1) if dice.chance(0.2) else len(hand), one)
        return hands

    def last_look(self) -> Op | None:
        """What main may look at in the end, to see what the others did."""
        looks = {"v": "read", "a": "load", "p": "get", "c": "len", "x": "err"}
        names = [name for name in self.things if name[0] in looks]
        return self.op_with(looks[(name := self.dice.one_of(names))[0]], name) if names else None

    def body(self, hand: list[Fragment]) -> Block:
        """One goroutine's operations; what it sees may decide what it does next."""
        ops: list[Op] = []
        for fragment in sorted(hand, key=lambda one: PLACES[one.place]):
            block = fragment.ops
            if fragment.place == ANYWHERE:
                block = self.dressed(block, bool(ops))
            ops += block
        return tuple(ops)

    def dressed(self, block: Block, has_seen: bool) -> Block:
        """The same, or the same under a condition, twice, or with its panics caught."""
        dice = self.dice
        if has_seen and dice.chance(0.1):
            other = (self.effect(),) if dice.chance(0.3) else ()
            return (Op("if", value=self.guess(), body=block, other=other),)
        if dice.chance(0.06):
            return (Op("try", body=block),)
        if cost_of(block) == 1 and dice.chance(0.08):
            return (Op("loop", value=2, body=block),)
        if cost_of(block) <= 2 and dice.chance(0.05):
            return (Op("do", self.thing("o"), body=block),)
        if dice.chance(0.06):
            return (*block, self.consequence())
        return block

    def consequence(self) -> Op:
        """Something that depends on what was seen."""
        dice = self.dice
        end = dice.one_of([Op("panic", value=LAST), Op("return"), self.effect(), self.effect()])
        return Op("if", value=self.guess(), body=(end,))

    def start_all(self, bodies: list[Block]) -> None:
        """Puts in who starts whom: main mostly, and mostly before it does anything else."""
        dice = self.dice
        for i in range(len(bodies) - 1, 0, -1):
            if not bodies[i] and dice.chance(0.8):
                continue
            starter = 0 if dice.chance(0.8) else dice.below(i)
            word = Op("go", value=i)
            if dice.chance(0.06):
                word = Op("start", self.thing("w"), i)
            elif dice.chance(0.05):
                word = Op("later", value=self.milliseconds(), key=i)
            place = 0 if dice.chance(0.88) else dice.below(len(bodies[starter]) + 1)
            bodies[starter] = (*bodies[starter][:place], word, *bodies[starter][place:])

    def spoil(self, bodies: list[Block]) -> None:
        """Makes a mistake: an operation is lost, done twice, too early, or with another thing."""
        dice = self.dice
        at = dice.below(len(bodies))
        ops = list(bodies[at])
        if not ops:
            return
        i = dice.below(len(ops))
        kind = dice.below(6)
        if kind <= 1:
            ops[i : i + 1] = ops[i].body if ops[i].word != "select" else ()
        elif kind == 2 and cost_of((ops[i],)) == 1:
            ops.insert(i, ops[i])
        elif kind == 3 and i:
            ops[i - 1], ops[i] = ops[i], ops[i - 1]
        elif kind == 4:
            ops[i] = self.confused(ops[i])
        else:
            ops.append(self.mistake())
        bodies[at] = tuple(ops)

    def confused(self, op: Op) -> Op:
        """The same with another thing of its kind."""
        same = [name for name in self.things if name[0] == op.thing[:1]]
        return replace(op, thing=self.dice.one_of(same)) if same else op

    def mistake(self) -> Op:
        """An operation that is seldom right."""
        dice = self.dice
        if dice.chance(0.15):
            return dice.one_of([Op("select"), Op("panic", value=self.value())])
        mistakes = ["unlock m", "unlock r", "runlock r", "lock m", "close c", "recv c", "send c"]
        mistakes += ["done w", "wait w", "wait d"]
        word, kind = dice.one_of(mistakes).split()
        return self.op(word, kind)

    # -- things and values -------------------------------------------------------------------------

    def thing(self, kind: str, number: int = 0) -> str:
        """The name of a thing, which is made if there is none yet."""
        name = f"{kind}{int(number)}"
        if name not in self.things:
            self.things[name] = getattr(self, f"new_{kind}", Thing)(name)
        return name

    def new_c(self, name: str) -> Thing:
        sizes = [0, 0, 0, 0, 1, 1, 1, 2]
        return Thing(name, NIL if self.dice.chance(0.03) else self.dice.one_of(sizes))

    def new_d(self, name: str) -> Thing:
        return Thing(name, of=self.thing("m" if self.dice.chance(0.85) else "r"))

    def new_t(self, name: str) -> Thing:
        return Thing(name, size=self.milliseconds())

    def new_f(self, name: str) -> Thing:
        return Thing(name, size=self.milliseconds(), body=self.another())

    def new_k(self, name: str) -> Thing:
        return Thing(name, of=self.thing("x"), body=self.another())

    def new_x(self, name: str) -> Thing:
        of = self.thing("x") if name != "x0" and self.dice.chance(0.7) else ""
        return Thing(name, size=self.dice.one_of([0, 0, 1, 2]), of=of)

    def another(self) -> int:
        """The number of a new goroutine that does a little."""
        self.alone.append((self.effect(),))
        return self.count + len(self.alone) - 1

    def channel_name(self) -> str:
        return self.thing("c", self.dice.below(2))

    def value(self) -> int:
        """A new one."""
        self.values += 1
        return self.values

    def what(self) -> int | str:
        """A new value, or the one that was seen last."""
        return LAST if self.dice.chance(0.2) else self.value()

    def guess(self) -> int:
        """A value that may have been seen."""
        return self.dice.below(self.values + 2)

    # -- the themes: fragments that belong together ------------------------------------------------

    def op(self, word: str, kind: str, number: int = 0) -> Op:
        """An operation with a thing of this kind, and with the values that it takes."""
        return self.op_with(word, self.thing(kind, number))

    def op_with(self, word: str, name: str) -> Op:
        """An operation with this thing."""
        dice = self.dice
        if word in ("send", "write", "store", "swap"):
            return Op(word, name, self.what())
        if word == "add":
            return Op(word, name, 1)
        if word == "compare_and_swap":
            return Op(word, name, self.value(), dice.one_of([0, 0, self.values - 1]))
        if word in ("get", "has", "delete"):
            return Op(word, name, key=2 if word != "get" else 1)  # what is looked up isn't deleted
        if word == "put":
            return Op(word, name, self.what(), 1 + dice.below(2))
        return Op(word, name, self.milliseconds() if word == "reset" else 0)

    def milliseconds(self) -> int:
        """One or two, so that some come at the same time."""
        return 1 + self.dice.below(2)

    def one_each(self, words: str, name: str, count: int) -> list[Fragment]:
        """So many operations with a thing; the words are drawn."""
        drawn = (self.dice.one_of(words.split()) for _ in range(count))
        return [Fragment((self.op_with(word, name),)) for word in drawn]

    def effect(self) -> Op:
        """An operation that others may notice, or that notices what they do; it never blocks."""
        looks = {"c": "len", "p": "get", "x": "err"}
        some = ["increment v0", "read v0", "write v0", "add a0", "load a0", "store a0"]
        some += [f"{looks[name[0]]} {name}" for name in self.things if name[0] in looks]
        word, name = self.dice.one_of(some).split()
        return self.op(word, name[0], int(name[1]))

    def channel(self) -> list[Fragment]:
        """One or two messages, and sometimes the end of them."""
        dice, c, count = self.dice, self.channel_name(), 1 + self.dice.below(2)
        sends = [self.op_with("send", c) for _ in range(count)]
        ends = [Op("close", c)] if dice.chance(0.3) else []
        if dice.chance(0.5):
            found = [Fragment((*sends, *ends))]
        else:
            found = [Fragment((op,)) for op in sends]
            found += [Fragment((op,), LATE) for op in ends]
        if dice.chance(0.25):
            found.append(Fragment((Op("range", c, 1 + dice.below(2)),)))
        else:
            found += self.one_each("recv recv recv_ok", c, count)
        return found + self.one_each("len", c, int(dice.chance(0.12)))

    def choice(self) -> list[Fragment]:
        """A select, and who may meet it."""
        dice = self.dice
        cases = [self.case() for _ in range(1 + dice.chance(0.85) + dice.chance(0.2))]
        partners = []
        for case in cases:
            if case.thing[:1] == "c" and dice.chance(0.9):
                back = "send" if case.word == "recv" else "recv"
                partners.append(Fragment((self.op_with(back, case.thing),)))
        default = [Op("default", body=self.then())] if dice.chance(0.3) else []
        select = Op("select", body=tuple(dice.shuffled([*cases, *default])))
        if default and dice.chance(0.2):
            select = Op("loop", value=2, body=(select,))
        return [Fragment((select,)), *partners]

    def case(self) -> Op:
        """One case of a select."""
        dice, other = self.dice, self.dice.random()
        if other < 0.05:
            return Op("recv", self.thing("t"), body=self.then())
        if other < 0.1:
            return Op("recv", self.thing("x"), body=self.then())
        if other < 0.15:
            return Op("after", value=self.milliseconds(), body=self.then())
        if other < 0.55:
            return Op("send", self.channel_name(), self.value(), body=self.then())
        depends = (self.consequence(),) if dice.chance(0.1) else self.then()
        return Op("recv", self.channel_name(), body=depends)

    def then(self) -> Block:
        """What a case does: mostly nothing."""
        return (self.effect(),) if self.dice.chance(0.15) else ()

    def mutex(self) -> list[Fragment]:
        """Two or so that exclude each other."""
        return [self.critical("m") for _ in range(1 + self.dice.below(2))]

    def rwmutex(self) -> list[Fragment]:
        """The same with readers."""
        return [self.critical("r") for _ in range(1 + self.dice.below(2))]

    def critical(self, kind: str) -> Fragment:
        """Something done while a lock is held."""
        dice = self.dice
        name = self.thing(kind, dice.chance(0.15))
        inner = (self.guarded(),) if dice.chance(0.85) else ()
        r = "r" if kind == "r" and dice.chance(0.5) else ""
        lock, unlock = Op(f"{r}lock", name), Op(f"{r}unlock", name)
        way = dice.random()
        if way < 0.3:
            tried = Op("if", value=1, body=(*inner, unlock))
            return Fragment((Op(f"try_{r}lock", name), tried))
        if way < 0.5:
            return Fragment((Op(f"{r}with", name, body=inner),))
        return Fragment((lock, *inner, unlock))

    def guarded(self) -> Op:
        """What is done under a lock, or once."""
        dice = self.dice
        if dice.chance(0.15):
            return self.op_with(dice.one_of(["send", "recv"]), self.channel_name())
        return Op("sleep", value=self.milliseconds()) if dice.chance(0.06) else self.effect()

    def group(self) -> list[Fragment]:
        """A group that counts as many as are done, and who waits for it."""
        dice, w, count = self.dice, self.thing("w"), 1 + self.dice.below(2)
        off = dice.one_of([-1, 1]) if dice.chance(0.06) else 0
        add = Op("add", w, count + off)
        found = [Fragment((add,), MAIN_FIRST if dice.chance(0.8) else FIRST)]
        found += [Fragment((self.effect(), Op("done", w)), LATE) for _ in range(count)]
        wait = (Op("wait", w), self.effect())
        return [*found, Fragment(wait, MAIN_LAST if dice.chance(0.7) else ANYWHERE)]

    def once(self) -> list[Fragment]:
        """Two calls or three."""
        o, count = self.thing("o"), 2 + self.dice.chance(0.2)
        return [Fragment((Op("do", o, body=(self.guarded(),)),)) for _ in range(count)]

    def condition(self) -> list[Fragment]:
        """Who waits for news, and who brings them."""
        dice, d, v = self.dice, self.thing("d"), self.thing("v")
        lock = self.things[d].of
        waits = Op("until", d, key=v) if dice.chance(0.5) else Op("wait", d)
        wake = Op(dice.one_of(["signal", "signal", "broadcast"]), d)
        write = Op("write", v, self.value())
        news = [(write, wake), (Op("with", lock, body=(write, wake)),), (wake,)]
        return [
            Fragment((Op("lock", lock), waits, Op("unlock", lock))),
            Fragment(dice.one_of(news), LATE),
        ]

    def variable(self) -> list[Fragment]:
        """Accesses that nothing guards."""
        v = self.thing("v", self.dice.chance(0.2))
        return self.one_each("increment write read", v, 2 + self.dice.below(2))

    def number(self) -> list[Fragment]:
        """Atomic operations."""
        a = self.thing("a", self.dice.chance(0.2))
        words = "load store add swap compare_and_swap compare_and_swap"
        return self.one_each(words, a, 2 + self.dice.below(2))

    def table(self) -> list[Fragment]:
        """Accesses to a map that nothing guards, or a lock."""
        found = self.one_each("get put put has delete size", self.thing("p"), 2)
        if self.dice.chance(0.6):
            return found
        return [Fragment((Op("with", self.thing("m"), body=one.ops),)) for one in found]

    def timer(self) -> list[Fragment]:
        """Waiting for the clock, and acting before it does."""
        dice, name = self.dice, self.thing(self.dice.one_of("tf"))
        words = "stop reset recv recv" if name == "t0" else "stop reset"
        found = self.one_each(words, name, 1 + dice.below(2))
        if dice.chance(0.6):
            found.append(Fragment((Op("sleep", value=self.milliseconds()),)))
        if dice.chance(0.3):
            found.append(Fragment((Op("now"),)))
        return found

    def context(self) -> list[Fragment]:
        """Who cancels, and who is told."""
        dice, x = self.dice, self.thing("x")
        below = self.thing("x", 1) if dice.chance(0.25) else x
        told = [Op("recv", below), Op("err", below), Op("err", x)]
        told.append(Op("select", body=(Op("recv", below), Op("recv", self.channel_name()))))
        told.append(Op("select", body=(Op("recv", x), Op("default"))))
        found = [Fragment((dice.one_of(told),)) for _ in range(1 + dice.below(2))]
        if self.things[x].size == 0 or dice.chance(0.5):
            found.append(Fragment((Op("cancel", x),)))
        if dice.chance(0.2):
            found += self.one_each("stop", self.thing("k"), int(dice.chance(0.6)))
        return found

    def control(self) -> list[Fragment]:
        """Operations that concern nothing but who runs."""
        dice = self.dice
        ops = [Op("gosched"), Op("sleep", value=self.milliseconds()), Op("now")]
        ops += [Op("try", body=(Op("panic", value=self.value()),)), self.consequence()]
        return [Fragment((dice.one_of(ops),)), Fragment((self.effect(),))]
