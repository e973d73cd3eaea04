"""What a Go program needs to write its execution trace: a file beside it, and a word in its main.

The trace is complete when it was stopped. So main stops it when it returns or panics; a timer stops
it when the time is up, and ends the program: while it is traced Go doesn't notice a deadlock.
"""

from __future__ import annotations

import re

from .source import Rejected

TRACER_FILE = "gochan_tracer.go"
TRACE_FILE = "GOCHAN_TRACE"  # the variable that names the trace
TRACE_TIME = "GOCHAN_TRACE_TIME"  # and the one that says how long it may take, as Go writes it
TIME_IS_UP = 93  # exit code

TRACER = f"""\
package main

import (
\t"fmt"
\t"os"
\t"runtime/trace"
\t"sync"
\t"time"
)

// gochanTrace begins a trace; what it returns ends it.
func gochanTrace() func() {{
\tfile, err := os.Create(os.Getenv("{TRACE_FILE}"))
\tif err != nil {{
\t\tfmt.Fprintln(os.Stderr, err)
\t\tos.Exit(1)
\t}}
\tif err := trace.Start(file); err != nil {{
\t\tfmt.Fprintln(os.Stderr, err)
\t\tos.Exit(1)
\t}}
\tvar once sync.Once
\tstop := func() {{ once.Do(trace.Stop) }}
\tif limit, err := time.ParseDuration(os.Getenv("{TRACE_TIME}")); err == nil {{
\t\ttime.AfterFunc(limit, func() {{
\t\t\tstop()
\t\t\tos.Exit({TIME_IS_UP})
\t\t}})
\t}}
\treturn stop
}}
"""

_MAIN = re.compile(r"^(?P<head>.*?\bfunc\s+main\s*\(\s*\)\s*\{)", re.DOTALL)


def tracing(text: str) -> str:
    """The program with a main that is traced; every line keeps its number.

    Raises Rejected if it has no main that can be recognised.
    """
    found = _MAIN.match(text)
    if found is None:
        raise Rejected("only a program with a func main() can be traced", 0)
    return f"{found['head']} defer gochanTrace()(); {text[found.end() :]}"
