"""A level of the Seat: a program as text, a goal, a story before and a lesson after."""

from __future__ import annotations

import linecache
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import gochan

WORDS = (
    "Chan",
    "Var",
    "atomic",
    "default",
    "go",
    "nil",
    "panic",
    "recv",
    "select",
    "send",
    "sync",
    "time",
)  # what a level's program may use without importing it


@dataclass(frozen=True)
class Level:
    """One puzzle; it is data, so anybody can write one.

    Parameters
    ----------
    name
        What it is found by in `LEVELS`; its program's file is called so too.
    title, story, lesson
        What the learner reads above the program, and once the goal is reached.
    goal, expect, clock
        As for `gochan.stepping.Game`.
    text
        The program: a function `main` without arguments, and what it needs. gochan's words need
        no import.
    wanted
        The goal in words, where those of the goal itself are not enough.
    given
        The program itself instead of its text.
    """

    name: str
    title: str
    goal: str
    story: str
    lesson: str
    text: str
    expect: Any = field(default=None, repr=False)
    clock: str = "virtual"
    wanted: str = ""
    given: Callable[[], Any] | None = field(default=None, repr=False)

    @cached_property
    def program(self) -> Callable[[], Any]:
        """Its `main`, whose line numbers are those of the text.

        Raises ValueError if the text has no `main`.
        """
        if self.given is not None:
            return self.given
        file = f"{self.name}.py"
        text = self.text.strip("\n") + "\n"
        linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
        names: dict[str, Any] = {word: getattr(gochan, word) for word in WORDS}
        names["__name__"] = self.name
        exec(compile(text, file, "exec"), names)
        main: Callable[[], Any] | None = names.get("main")
        if main is None:
            raise ValueError(f"the level {self.name!r} has no function main")
        return main
