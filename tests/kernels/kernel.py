"""What a bug kernel is: a small program with one bug, the same without it, and what goes wrong.

The bugs were found in real programs and are known from the studies of them; `modelled_on` names
the project and its issue or pull request. Only the mechanism is the same, the program is our own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from gochan import sync

KINDS = frozenset({"deadlock", "panic", "fatal", "leak", "race", "wrong"})

Program = Callable[[bool], Any]


@dataclass(frozen=True)
class Kernel:
    """One bug.

    `program` takes whether the bug is fixed. `kinds` are all kinds of failure that some schedule of
    the buggy program ends in. `expect` is what main returns when all went well; None: anything.
    """

    program: Program
    modelled_on: str
    kinds: frozenset[str]
    expect: Any

    @property
    def name(self) -> str:
        """`docker.forgotten_promise`."""
        family = self.program.__module__.rpartition(".")[2]
        return f"{family}.{self.program.__name__}"

    @property
    def buggy(self) -> Callable[[], Any]:
        """The program with the bug."""
        return partial(self.program, False)

    @property
    def fixed(self) -> Callable[[], Any]:
        """The program that is right under every schedule, and leaves nobody behind."""
        return partial(self.program, True)


KERNELS: list[Kernel] = []


def kernel(
    modelled_on: str, *, kinds: Iterable[str], expect: Any = None
) -> Callable[[Program], Program]:
    """Notes a program as a kernel."""
    assert set(kinds) <= KINDS, f"no such kinds: {set(kinds) - KINDS}"

    def note(program: Program) -> Program:
        KERNELS.append(Kernel(program, modelled_on, frozenset(kinds), expect))
        return program

    return note


def together(*functions: Callable[[], Any]) -> None:
    """Runs the functions as goroutines, and waits for all of them."""
    group = sync.WaitGroup()
    for function in functions:
        group.go(function)
    group.wait()
