"""Solutions as students write them, each in a cell of its own, and what `check` says to them."""

from __future__ import annotations

import itertools
import linecache
import textwrap

import gochan
from gochan.classroom import NotYet, check

_numbers = itertools.count(1)


def cell(source, **more):
    """Runs a cell in which everything of gochan is imported, and more; returns its names."""
    text = textwrap.dedent(source).strip() + "\n"
    path = f"cell_{next(_numbers)}.py"
    linecache.cache[path] = len(text), None, text.splitlines(keepends=True), path
    names = {name: getattr(gochan, name) for name in gochan.__all__} | more
    exec(compile(text, path, "exec"), names)
    return names


def last_function(names):
    """What the cell defines last: the solution."""
    return list(names.values())[-1]


def said(solution, *cases, **options):
    """The text that a student gets; None if the solution is right."""
    try:
        assert check(solution, *cases, **options) is None
    except NotYet as error:
        return str(error)
    return None


def said_to(source, *cases, **options):
    """The same of a cell whose last name is the solution."""
    return said(last_function(cell(source)), *cases, **options)


def text(lines):
    """A text as it stands in a test, without what it is indented by."""
    return textwrap.dedent(lines).strip("\n")
