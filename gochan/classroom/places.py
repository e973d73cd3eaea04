"""Where something happens, as the student finds it: by the line of the own cell, and its text."""

from __future__ import annotations

import ast
import inspect
import linecache
import textwrap
from collections.abc import Iterable
from types import CodeType
from typing import Any

from ..runtime.source import NOWHERE, Where, file_name, is_library

LONGEST_LINE = 80  # characters


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

    def name(self, where: Where) -> str:
        """`line 7`, `line 3 of the check`, `line 5 of Cell In[2]`."""
        if where.file == self._own:
            return f"line {where.line}"
        return f"line {where.line} of {'the check' if where.file == self._check else where.file}"

    def quoted(self, where: Where) -> str:
        """`    7 | results.send(job * 2)`; nothing if the text isn't known."""
        text = self.text(where)
        return f"    {where.line} | {text}" if text else ""

    def text(self, where: Where) -> str:
        """The text of a line, without what it is indented by."""
        path = self._paths.get(where.file, "")
        text = linecache.getline(path, where.line).strip() if path else ""
        return text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}…"

    def loop_around(self, where: Where) -> Where | None:
        """The innermost loop that a line stands in."""
        path = self._paths.get(where.file, "")
        loops = [loop for loop in loops_of(path) if loop[0] <= where.line <= loop[1]]
        return where._replace(line=max(loops)[0]) if loops else None


def path_of(solution: Any) -> str:
    """The file that a function or class was written in, "" if it isn't known."""
    code = code_of(solution)
    return code.co_filename if code is not None else ""


def code_of(solution: Any) -> CodeType | None:
    """The code of a function, however it is wrapped; of a class that of one of its methods."""
    if isinstance(solution, type):
        methods = (code_of(one) for one in vars(solution).values() if callable(one))
        return next((code for code in methods if code is not None), None)
    solution = getattr(solution, "func", solution)  # a partial
    code = getattr(inspect.unwrap(solution), "__code__", None) if callable(solution) else None
    return code if isinstance(code, CodeType) and not is_library(code) else None


def lines_of(function: Any) -> set[tuple[str, int]]:
    """File and line of all that stands in a function, those inside it included."""
    code = code_of(function)
    if code is None:
        return set()
    found = set()
    inner = [code]
    while inner:
        one = inner.pop()
        found |= {(file_name(one.co_filename), line) for _, _, line in one.co_lines() if line}
        inner += [const for const in one.co_consts if isinstance(const, CodeType)]
    return found


def loops_of(path: str) -> list[tuple[int, int]]:
    """First and last line of each loop in a file; none if it isn't plain Python (`%%shared`)."""
    lines = linecache.getlines(path)
    if lines and lines[0].startswith(("%%", '"%%')):
        lines = ["\n", *lines[1:]]
    try:
        tree = ast.parse(textwrap.dedent("".join(lines)))
    except SyntaxError:
        return []
    kinds = (ast.While, ast.For)
    return [(one.lineno, one.end_lineno or 0) for one in ast.walk(tree) if isinstance(one, kinds)]
