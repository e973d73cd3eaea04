"""Random programs on the real Go: what they do there must be among what `explore` finds.

Many programs are built into one binary with Go's virtual clock (the mode of the Go Playground: time
moves only when nobody can run), and each is run again and again, every time in a process of its
own, on one or several processors, with pauses drawn by lot between its operations.

No two timers of a program are due at one moment: in gochan those fire together, in Go one after the
other, and somebody may run in between.

Source: Go's runtime/time_fake.go (the clock, and the headers before what is written).
"""

from __future__ import annotations

import itertools
import os
import re
import struct
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from ..golang import toolchain
from .compare import MAX_RUNS, Key, explorer
from .generate import SIZE, SPOILT, generate
from .go_source import IMPORTS, PRELUDE, go_source_of
from .program import Block, Op, Program, Thing
from .source import main_of

TIMES = 20  # each program is run on Go
MORE_TIMES = 3  # so many times more while a program is made smaller
AT_A_TIME = 50  # programs in one binary
PROCESSORS = (1, 2, 4)
TIMED = ("sleep", "later", "reset", "after")  # words whose value is a number of milliseconds
SPREAD = 1 << 20  # for a millisecond
LONGEST = 5.0  # seconds; a program ends in milliseconds
HEADER = struct.Struct(">4sQI")  # mark, nanoseconds, length
HUNG: Key = "hung", ""
DEADLOCK = "all goroutines are asleep - deadlock!"

# Half of all runs pause seldom, the others often: each shows orders that the other hardly shows.
MAIN = """\
var lots *rand.Rand
var often int
var drawing sync.Mutex

func pause() {
\tdrawing.Lock()
\tdrawn := lots.IntN(often)
\tdrawing.Unlock()
\tfor range drawn - often + 4 {
\t\truntime.Gosched()
\t}
}

func main() {
\tseed, _ := strconv.Atoi(os.Args[2])
\tlots = rand.New(rand.NewPCG(uint64(seed), 0))
\toften = []int{4, 6, 20, 1000}[seed%4]
\tresult := programs[os.Args[1]]()
\tos.Stdout.WriteString("returned " + result)
}
"""


@dataclass(frozen=True)
class Strange:
    """A program that does on Go what `explore` doesn't find."""

    program: Program
    found: frozenset[Key]
    seen: frozenset[Key]

    def __str__(self) -> str:
        lines = ["Go shows what explore doesn't find"]
        lines += [f"  {kind}: {detail}" for kind, detail in sorted(self.seen - self.found)]
        lines += [f"  explore has {kind}: {detail}" for kind, detail in sorted(self.found)]
        return "\n".join(lines)


@dataclass
class Report:
    """What came of many programs.

    `outcomes` are those that `explore` found, `shown` those of them that Go showed, too. `single`
    counts the programs that have one outcome alone, which Go then showed every time. `hung` are
    runs that had to be ended: Go's virtual clock is made for one processor, and on several it
    stands still now and then when the program crashes.
    """

    programs: int = 0
    skipped: int = 0
    runs: int = 0
    hung: int = 0
    outcomes: int = 0
    shown: int = 0
    single: int = 0
    strange: list[tuple[int, Strange]] = field(default_factory=list)

    def note(self, seed: int, program: Program, found: frozenset[Key], seen: Counter[Key]) -> None:
        """One more program."""
        self.runs += sum(seen.values())
        self.outcomes += len(found)
        self.shown += len(found & seen.keys())
        self.single += len(found) == 1
        if seen.keys() - found:
            self.strange.append((seed, Strange(program, found, frozenset(seen))))

    def add(self, other: Report) -> None:
        """What came of other programs."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    def text(self) -> str:
        """All of it, in a few lines."""
        return "\n".join(
            [
                f"{self.programs:,} programs, {self.skipped:,} skipped",
                f"runs on Go: {self.runs:,}, and {self.hung:,} that hung",
                f"outcomes: {self.outcomes:,}; Go showed {self.shown:,} of them",
                f"programs with a single outcome: {self.single:,}",
                f"programs with an outcome on Go that explore doesn't find: {len(self.strange):,}",
            ]
        )


def compare_with_go(
    go: str, programs: dict[int, Program], max_runs: int, times: int = TIMES
) -> Report:
    """Explores these programs and runs them on Go.

    Parameters
    ----------
    go
        The go command.
    programs
        By their seeds.
    max_runs
        So many schedules the search may take; a program that has more is skipped.
    times
        So often each is run on Go.
    """
    report = Report(programs=len(programs))
    found = {seed: outcomes_of(program, max_runs) for seed, program in programs.items()}
    report.skipped = sum(one is None for one in found.values())
    complete = {seed: one for seed, one in found.items() if one is not None}
    with built(go, {seed: programs[seed] for seed in complete}) as binary:
        for seed, outcomes in complete.items():
            seen = Counter(run(binary, seed, lot) for lot in range(times))
            report.hung += seen.pop(HUNG, 0)
            report.note(seed, programs[seed], outcomes, seen)
    return report


def outcomes_of(program: Program, max_runs: int) -> frozenset[Key] | None:
    """All that `explore` finds; None if it didn't come to an end."""
    found = explorer()(main_of(program), max_runs=max_runs, races=False, leaks=False)
    return frozenset(found.outcomes) if found.complete else None


@contextmanager
def built(go: str, programs: dict[int, Program]) -> Iterator[Path]:
    """One binary of all these programs, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "go.mod").write_text("module programs\n\ngo 1.25\n")
        (folder / "main.go").write_text(text_of(programs))
        command = [go, "build", "-tags=faketime", "-o", "programs", "."]
        done = subprocess.run(
            command,
            cwd=folder,
            env=toolchain.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"go build failed:\n{done.stdout}{done.stderr}")
        yield folder / "programs"


def text_of(programs: dict[int, Program]) -> str:
    """The Go text of all of them, with the `main` that chooses one."""
    imports = "".join(f'\t"{name}"\n' for name in sorted([*IMPORTS, "math/rand/v2", "os"]))
    table = "".join(f'\t"{seed}": program{seed},\n' for seed in programs)
    return "\n".join(
        [
            f"package main\n\nimport (\n{imports})\n",
            f"var programs = map[string]func() string{{\n{table}}}\n",
            MAIN,
            PRELUDE,
            "var _ context.Context\n",
            *(go_source_of(program, f"program{seed}") for seed, program in programs.items()),
        ]
    )


def run(binary: Path, seed: int, lot: int) -> Key:
    """Runs a program once: how it ended, in the words of `explore`, or `HUNG`.

    Raises RuntimeError if it ends as no program here should.
    """
    processors = PROCESSORS[lot % len(PROCESSORS)]
    environment = {**os.environ, "GOMAXPROCS": str(processors), "GOTRACEBACK": "none"}
    command = [str(binary), str(seed), str(lot)]
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return HUNG
    return outcome_of(done.returncode, without_headers(done.stdout), without_headers(done.stderr))


def outcome_of(code: int, output: str, errors: str) -> Key:
    """Kind and detail of how a process ended."""
    if code == 0 and output.startswith("returned "):
        return "ok", output.removeprefix("returned ")
    fatal = re.match(r"fatal error: (.*)", errors)
    if fatal:
        return "deadlock" if fatal[1] == DEADLOCK else "fatal", fatal[1]
    # WaitGroup.Go catches a panic and panics anew, which Go's text tells and explore's doesn't.
    panic = re.match(r"panic: (.*?)(?: \[recovered.*\])?$", errors, re.MULTILINE)
    if panic:
        return "panic", panic[1]
    raise RuntimeError(f"a Go program ended with status {code}: {output!r} {errors!r}")


def without_headers(data: bytes) -> str:
    """What was written, without the headers of the virtual clock."""
    texts, at = [], 0
    while at < len(data):
        _, _, length = HEADER.unpack_from(data, at)
        at += HEADER.size
        texts.append(data[at : at + length])
        at += length
    return b"".join(texts).decode()


def apart(program: Program) -> Program:
    """The same with other durations, of which no two come to the same sum."""
    numbers = itertools.count()

    def longer(milliseconds: int) -> int:
        return SPREAD * milliseconds + (1 << next(numbers))

    def block(ops: Block) -> Block:
        return tuple(map(one, ops))

    def one(op: Op) -> Op:
        op = replace(op, body=block(op.body), other=block(op.other))
        is_timed = op.word in TIMED and isinstance(op.value, int)
        return replace(op, value=longer(int(op.value))) if is_timed else op

    def thing(it: Thing) -> Thing:
        return replace(it, size=longer(it.size)) if it.kind in "tfx" and it.size else it

    things = tuple(map(thing, program.things))
    return Program(things, tuple(map(block, program.bodies)), program.joined)


@dataclass(frozen=True)
class GoPlan:
    """What is to be done with each seed."""

    go: str
    size: int = SIZE
    spoilt: float = SPOILT
    max_runs: int = MAX_RUNS
    times: int = TIMES

    def report(self, seeds: Sequence[int]) -> Report:
        """Of the programs with these numbers."""
        programs = {seed: apart(generate(seed, self.size, self.spoilt)) for seed in seeds}
        return compare_with_go(self.go, programs, self.max_runs, self.times)

    def is_strange(self, program: Program) -> bool:
        """Whether Go does with it what `explore` doesn't find, for `minimise`."""
        times = MORE_TIMES * self.times  # what was seen once should be seen again
        return bool(compare_with_go(self.go, {0: program}, self.max_runs, times).strange)


def go_campaign(plan: GoPlan, seeds: range, jobs: int = 1) -> Iterator[Report]:
    """Compares the programs with these numbers; tells again and again what has come so far."""
    parts = [seeds[i : i + AT_A_TIME] for i in range(0, len(seeds), AT_A_TIME)]
    total = Report()
    with ThreadPoolExecutor(1) if jobs == 1 else ProcessPoolExecutor(jobs) as pool:
        try:
            for report in pool.map(plan.report, parts):
                total.add(report)
                yield total
        finally:
            pool.shutdown(cancel_futures=True)
