"""Programs with line numbers of their own, so that a whole dump can be written into a test."""

import linecache
import textwrap

HEADER = "from gochan import *\nfrom gochan import time, sync, runtime\n"
FILE = "prog.py"


def listing(text, file=FILE):
    """The names that a program defines; its first line is line 1 of `prog.py`."""
    text = textwrap.dedent(text).lstrip("\n")
    lines = text.splitlines(keepends=True)
    linecache.cache[file] = (len(text), None, lines, file)
    names = {"__name__": "prog"}
    exec(HEADER, names)
    exec(compile(text, file, "exec"), names)
    return names
