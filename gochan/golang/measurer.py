"""A Go process that measures the benchmarks of one program, each whenever it is asked.

It is compiled once, and goes on from sample to sample, as the Python process beside it does. Asked
with a line such as `Mutex 10000 2` (ten thousand operations on two processors) it answers with a
line that says how long they took. Go's own `testing` measures: it collects the garbage first, and
stops the clock where the benchmark does. What the benchmark reports as "bytes", with
`b.ReportMetric`, is told too.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from . import crash
from .benching import BenchmarkFailed
from .benchmark import CPU, PARAMETER, PREFIX, Benchmark, as_variables, names_of, with_parameters
from .building import Build
from .child import keep
from .limits import Ended, Limits
from .result import GoResult, Report, exit_words
from .running import FILE_SIZE, LONGEST_TIMEOUT, MEMORY, find
from .source import read

if sys.platform == "win32":
    from .job import start
else:
    from .kept import start

ANSWER = b"gochan-measurer "  # begins the line of an answer; all others are the benchmark's own
LONGEST_PRINTED = 100_000  # bytes that are kept of what it prints
LONGEST_AGAIN = 10.0  # seconds, to hear why a benchmark failed
ASKED = "GOCHAN_MEASURER"  # this variable makes the program wait for questions

_TEXT = """\
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"runtime"
	"testing"
)

var gochanBenchmarks = map[string]func(*testing.B){%(benchmarks)s}

func TestMain(m *testing.M) {
	if os.Getenv("%(asked)s") == "" {
		os.Exit(m.Run())
	}
	usual := runtime.GOMAXPROCS(0)
	questions := bufio.NewScanner(os.Stdin)
	os.Stdin, _ = os.Open(os.DevNull) // that of a benchmark is empty
	for questions.Scan() {
		var name, times string
		var processors int
		fmt.Sscan(questions.Text(), &name, &times, &processors)
		if processors == 0 {
			processors = usual
		}
		if processors != runtime.GOMAXPROCS(0) {
			runtime.GOMAXPROCS(processors)
		}
		flag.Set("test.benchtime", times+"x")
		end := "ok"
		result := testing.Benchmark(func(b *testing.B) {
			defer func() {
				if b.Failed() {
					end = "failed"
				} else if b.Skipped() {
					end = "skipped"
				}
			}()
			gochanBenchmarks[name](b)
		})
		fmt.Printf("\\n%(answer)s%%s %%d %%d %%g\\n",
			end, result.N, result.T.Nanoseconds(), result.Extra["bytes"])
	}
}

// %(parameter)s is the value that a variable is given from outside, else its usual one.
func %(parameter)s[T any](name string, usual T) T {
	text, given := os.LookupEnv("%(parameter)s_" + name)
	if !given {
		return usual
	}
	value := usual
	if to, isText := any(&value).(*string); isText {
		*to = text
		return value
	}
	var rest string
	if count, _ := fmt.Sscan(text, &value, &rest); count != 1 {
		panic(fmt.Sprintf("%%s is of type %%T in Go, and can't be %%s", name, usual, text))
	}
	return value
}
"""


class Measurer:
    """Measures the benchmarks of a program with the same values of its parameters.

    `bytes` are the most that a benchmark reported so far, by its name.

    Parameters
    ----------
    benchmark
        One of them.
    values
        The parameters.
    on_wait
        Called now and then while Go compiles.

    Raises NoGo if there is no Go, BenchmarkFailed if the program doesn't compile.
    """

    def __init__(
        self,
        benchmark: Benchmark,
        values: Mapping[str, Any],
        on_wait: Callable[[], None] | None = None,
    ) -> None:
        text = with_parameters(benchmark.source, [name for name in values if name != CPU])
        cell = read(text)
        build = Build(
            find(), cell, benchmarks=True, beside=_beside(names_of(cell)), on_wait=on_wait
        )
        built = build.run()
        if built.failed is not None:
            raise BenchmarkFailed(built.failed)
        self._program = [str(built.path), "-test.run=^$"]
        self._environment = {
            **os.environ,
            "GOMEMLIMIT": str(int(MEMORY * 0.9)),
            **as_variables({name: value for name, value in values.items() if name != CPU}),
        }
        self._printed = b""
        self.bytes: dict[str, float] = {}
        self._started = contextlib.ExitStack()
        with contextlib.ExitStack() as stack:
            theirs, ours = os.pipe()
            stack.callback(os.close, theirs)
            self._questions = self._started.enter_context(open(ours, "wb", buffering=0))
            self._output, self._ending = self._started.enter_context(
                start(
                    self._program,
                    Limits(LONGEST_TIMEOUT, MEMORY, FILE_SIZE),
                    {**self._environment, ASKED: "1"},
                    None,
                    theirs,
                )
            )

    def seconds(self, name: str, times: int, cpu: int | None = None) -> float:
        """How long so many operations of a benchmark take.

        Raises BenchmarkFailed with Go's own words when it fails, or ends the program.
        """
        with contextlib.suppress(BrokenPipeError):  # its output says why it is gone
            self._questions.write(f"{name} {times} {cpu or 0}\n".encode())
        end, count, nanoseconds, reported = self._answer()
        if end != "ok":
            raise BenchmarkFailed(self._why(name, end, times, cpu))
        if float(reported):
            self.bytes[name] = max(float(reported), self.bytes.get(name, 0.0))
        return int(nanoseconds) / 1e9 * times / max(1, int(count))

    def close(self) -> None:
        """Ends the process."""
        self._started.close()

    def __enter__(self) -> Measurer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _answer(self) -> list[str]:
        for line in self._output:
            if line.startswith(ANSWER):
                return line.removeprefix(ANSWER).decode().split()
            if line.strip():
                self._printed = (self._printed + line)[-LONGEST_PRINTED:]
                sys.stderr.buffer.write(line)
                sys.stderr.flush()
        raise BenchmarkFailed(self._ended(self._ending()))

    def _ended(self, ended: Ended) -> GoResult:
        """Why the process is gone."""
        found = crash.find(self._printed.decode("utf-8", "replace"))
        if ended.why == "memory":
            return GoResult("memory", message=f"it had more than {MEMORY >> 20:,} MB of memory")
        if found is not None:
            return GoResult(found.kind, message=found.report.message, report=found.report)
        if ended.error:
            return GoResult("failed", message=f"it can't be started: {ended.error}")
        if ended.code is None or ended.code < 0:
            return GoResult("killed", message=exit_words(ended.code or -9))
        return GoResult("exit", message=f"it ended itself with {exit_words(ended.code)}")

    def _why(self, name: str, end: str, times: int, cpu: int | None) -> GoResult:
        """Lets `go test` run it, which says what the benchmark has said."""
        said: list[str] = []
        which = [f"-test.bench=^{PREFIX}{name}$", f"-test.benchtime={times}x"]
        keep(
            [*self._program, *which, "-test.v", *([f"-test.cpu={cpu}"] if cpu else [])],
            Limits(LONGEST_AGAIN, MEMORY, FILE_SIZE),
            environment=self._environment,
            on_text=said.append,
        )
        places = crash.compile_errors("\n".join(line.strip() for line in "".join(said).split("\n")))
        told = f"line {places[0].line}: {places[0].text}" if places else "it doesn't say why"
        verb = "it failed" if end == "failed" else "it was skipped"
        return GoResult("exit", message=f"{verb}, {told}", report=Report(told, text="".join(said)))


def sentence(result: GoResult) -> str:
    """Why a benchmark couldn't be measured, in one line, with the line of the Go program."""
    first = next(iter(result.places), None)
    message = result.message.split("\n", 1)[0]
    if first is None:
        return message
    if result.kind != "compile":
        return f"{message} (line {first.line} of the Go program)"
    many = len(result.places) - 1
    more = f" (and {many} more error{'s' if many != 1 else ''})" if many else ""
    return f"it doesn't compile, line {first.line}: {first.text.split(chr(10), 1)[0]}{more}"


def _beside(names: list[str]) -> str:
    """The Go file that stands beside the program."""
    table = ", ".join(f'"{name}": {PREFIX}{name}' for name in names)
    answer = ANSWER.decode()
    return _TEXT % {"benchmarks": table, "asked": ASKED, "answer": answer, "parameter": PARAMETER}
