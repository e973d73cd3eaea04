"""Where something happens, as the student finds it: by the line of the own cell, and its text."""

from __future__ import annotations

import ast
import linecache
from collections.abc import Iterable
from typing import Any, NamedTuple

from ..runtime.source import NOWHERE, Where, file_name
from .uses import codes_in, functions_in

LONGEST_LINE = 80  # characters


class Loop(NamedTuple):
    """Its first and last line."""

    first: int
    last: int
    is_while: bool


class Places:
    """Names places by the file of the solution and that of the check."""

    def __init__(self, solution: Any, around: Any) -> None:
        self._path = path_of(solution)
        self._own = file_name(self._path)
        check = path_of(around)
        self._check = file_name(check) if check else ""
        self._paths = {self._own: self._path, self._check: check}

    def best(self, stack: Iterable[Where]) -> Where:
        """The innermost place in the solution; if there is none, the innermost of all."""
        stack = [where for where in stack if where.line]
        own = [where for where in stack if where.file == self._own]
        return (own or stack or [NOWHERE])[0]

    def is_own(self, where: Where) -> bool:
        """Whether it is in the solution's file, and that is not the check's as well."""
        return where.file == self._own != self._check

    def name(self, where: Where) -> str:
        """`line 7`, `line 3 of the check`, `line 5 of Cell In[2]`."""
        if where.file == self._own:
            return f"line {where.line}"
        return f"line {where.line} of {'the check' if where.file == self._check else where.file}"

    def quoted(self, where: Where) -> list[str]:
        """The line `    7 | results.send(job * 2)`; none if the text isn't known."""
        text = self.text(where)
        return [f"    {where.line} | {text}"] if text else []

    def text(self, where: Where) -> str:
        """The text of a line, without what it is indented by."""
        path = self._path_of(where.file)
        text = linecache.getline(path, where.line).strip() if path else ""
        return text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}…"

    def loop_around(self, stack: Iterable[Where]) -> Where | None:
        """The loop of the program that is being gone through; `stack` is the innermost place first.

        A `for` inside a `while` comes to its end, most likely.
        """
        for where in stack:
            around = [
                loop for loop in self._loops(where.file) if loop.first <= where.line <= loop.last
            ]
            if around:
                loop = max(around, key=lambda one: (one.is_while, one.first))
                return where._replace(line=loop.first)
        return None

    def _loops(self, file: str) -> list[Loop]:
        path = self._path_of(file)
        return loops_of(path) if path else []

    def _path_of(self, file: str) -> str:
        """The path of a file or cell that is known by this name; the solution may use others."""
        if file not in self._paths:
            known = (path for path in list(linecache.cache) if file_name(path) == file)
            self._paths[file] = next(known, "")
        return self._paths[file]


def path_of(solution: Any) -> str:
    """The file that a function or class was written in, "" if it isn't known."""
    return next((fn.__code__.co_filename for fn in functions_in(solution)), "")


def lines_of(function: Any) -> set[tuple[str, int]]:
    """File and line of all that stands in a function, those inside it included."""
    return {
        (file_name(code.co_filename), line)
        for fn in functions_in(function)
        for code in codes_in(fn.__code__)
        for _, _, line in code.co_lines()
        if line
    }


def loops_of(path: str) -> list[Loop]:
    """The loops in a file or cell."""
    lines = linecache.getlines(path)
    if lines and lines[0].startswith(("%%", '"%%')):  # `%%shared`, which is no Python
        lines = ["\n", *lines[1:]]
    try:
        tree = ast.parse("".join(lines))
    except SyntaxError:
        return []
    return [
        Loop(one.lineno, one.end_lineno or one.lineno, isinstance(one, ast.While))
        for one in ast.walk(tree)
        if isinstance(one, (ast.While, ast.For))
    ]
