"""Compares the searches of `explore` on random small programs, or `explore` with the real Go.

The exit code is 1 if a search finds other outcomes than the plain one, which tries all orders of
operations that others can see, or if a program does on Go what `explore` doesn't find. The programs
that show it are printed, made as small as they can be. Against `naive`, which tries all orders that
there are, the plain search can be compared too.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from ..commandline import count, parser_of
from ..golang import toolchain
from .campaign import Plan, Summary, campaign
from .compare import MAX_RUNS, NAIVE, PLAIN, REDUCED, Mismatch, differs
from .generate import SIZE, SPOILT, generate
from .go_source import go_source_of
from .minimise import minimise
from .real_go import TIMES, GoPlan, Report, go_campaign
from .source import source_of

SHOWN = 5  # mismatches; the others are only named
SECONDS_BETWEEN_LINES = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the command line; returns the exit code."""
    given = _parser().parse_args(arguments)
    searches = tuple(given.searches)
    plan = Plan(given.size, given.spoilt, searches, given.max_runs, given.races, given.against)
    if given.show is not None:
        print(_shown(plan, given.show))
        return 0
    seeds = given.seeds if given.seeds is not None else range(given.programs)
    if given.go:
        return _against_go(given, seeds)
    summary = Summary()
    try:
        progress = _Progress(len(seeds))
        for summary in campaign(plan, seeds, given.jobs):
            progress.tell(summary.programs, len(summary.found))
    except KeyboardInterrupt:
        print(f"\ninterrupted\n{summary.text()}", file=sys.stderr)
        return 130
    for seed, mismatch in summary.found[:SHOWN]:
        print(_report(plan, seed, mismatch), flush=True)
    for seed, mismatch in summary.found[SHOWN:]:
        print(f"seed {seed}: {mismatch.search} differs")
    print(summary.text())
    return 1 if summary.found else 0


def _against_go(given: argparse.Namespace, seeds: range) -> int:
    """The same with Go; returns the exit code."""
    go = toolchain.find()
    if go is None:
        print(toolchain.why_missing(), file=sys.stderr)
        return 2
    plan = GoPlan(go, given.size, given.spoilt, given.max_runs, given.times)
    report, progress = Report(), _Progress(len(seeds))
    for report in go_campaign(plan, seeds, given.jobs):
        progress.tell(report.programs, len(report.strange))
    for seed, strange in report.strange[:SHOWN]:
        small = minimise(strange.program, plan.is_strange)
        twins = f"{source_of(small)}\n{go_source_of(small, 'program')}\n{small.to_json()}"
        print(f"== seed {seed}, made smaller\n{twins}\nas it was:\n{strange}\n", flush=True)
    for seed, _ in report.strange[SHOWN:]:
        print(f"seed {seed}: Go shows what explore doesn't find")
    print(report.text())
    return 1 if report.strange else 0


class _Progress:
    """One line that changes, on a terminal; elsewhere a line now and then."""

    def __init__(self, programs: int) -> None:
        self.programs = programs
        self.begun = self.said = time.monotonic()

    def tell(self, programs: int, mismatches: int) -> None:
        """How far it has come."""
        now = time.monotonic()
        is_last = programs == self.programs
        left = (now - self.begun) * (self.programs / programs - 1)
        text = (
            f"{programs:,} of {self.programs:,} programs, "
            f"{mismatches:,} mismatches, about {int(left) // 60}:{int(left) % 60:02d} left"
        )
        if sys.stderr.isatty():
            print(f"\r\033[K{text}", end="\n" * is_last, file=sys.stderr, flush=True)
        elif is_last or now - self.said > SECONDS_BETWEEN_LINES:
            self.said = now
            print(text, file=sys.stderr, flush=True)


def _report(plan: Plan, seed: int, mismatch: Mismatch) -> str:
    """The smallest program that shows it, and what is wrong with it."""
    search = mismatch.search
    options = {"max_runs": plan.max_runs, "races": plan.races, "against": plan.against}
    small = minimise(mismatch.program, differs(search, **options))
    found = plan.compare(small, (search,)).mismatches or [mismatch]
    return f"== seed {seed}, made smaller\n{source_of(small)}\n{small.to_json()}\n{found[0]}\n"


def _shown(plan: Plan, seed: int) -> str:
    """A program, and what the searches find."""
    program = generate(seed, plan.size, plan.spoilt)
    found = plan.compare(program, plan.searches)
    lines = [source_of(program), program.to_json()]
    lines += [f"{search}: {runs:,} runs" for search, runs in found.runs.items()]
    lines += [f"{kind}: {detail} ({n:,})" for (kind, detail), n in sorted(found.outcomes.items())]
    return "\n".join([*lines, *map(str, found.mismatches)])


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("gochan.fuzz", __doc__)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--programs", type=count, default=2_000, help="the first so many (%(default)s)"
    )
    which.add_argument("--seeds", type=_seeds, metavar="A-B", help="these, by their numbers")
    which.add_argument("--show", type=int, metavar="SEED", help="a program, and what comes of it")
    parser.add_argument(
        "--size", type=count, default=SIZE, help="visible operations, about (%(default)s)"
    )
    parser.add_argument(
        "--spoilt", type=float, default=SPOILT, help="part that has mistakes (%(default)s)"
    )
    parser.add_argument("--go", action="store_true", help="compare explore with the real Go")
    parser.add_argument(
        "--times", type=count, default=TIMES, help="that each is run on Go (%(default)s)"
    )
    parser.add_argument("--jobs", type=count, default=1, help="processes (%(default)s)")
    parser.add_argument(
        "--searches",
        nargs="+",
        default=REDUCED,
        choices=(*REDUCED, PLAIN),
        help="which are compared",
    )
    parser.add_argument(
        "--against", default=PLAIN, choices=(PLAIN, NAIVE), help="with this one (%(default)s)"
    )
    parser.add_argument("--races", action="store_true", help="compare data races, too; slower")
    parser.add_argument(
        "--max-runs",
        type=count,
        default=MAX_RUNS,
        help="of a search; programs that need more are skipped (%(default)s)",
    )
    return parser


def _seeds(text: str) -> range:
    """`5000-5999`, or a single one."""
    first, _, last = text.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    if not seeds:
        raise argparse.ArgumentTypeError(f"no seeds: {text!r}")
    return seeds


if __name__ == "__main__":
    sys.exit(main())
