"""What gochan's operations cost, beside real Go and Python's other ways.

Without a section, all are measured. The figures are medians of the rounds, with the least and
the most. The last lines compare them with what gochan must keep; the exit code is 1 if one of
them is over its limit or could not be measured.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from ..commandline import count, parser_of
from . import child, exploring, limits, runner, table
from .contenders import BY_KEY as CONTENDERS
from .contenders import GOCHAN
from .work import BY_KEY, CORE, GROWTH, QUICK, TABLE, WORKS, Work

T = TypeVar("T")
EXPLORE = "explore"
BESIDE_CORE = ("unbuffered", "buffered", "spawn", "blocked")


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the command line; returns the exit code."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.one is not None:
        contender, work = given.one
        child.one(contender, work, given.quick)
    if given.section == EXPLORE:
        print(exploring.text(exploring.speeds(given.rounds)))
        return 0
    works = _works(given.section, given.only)
    contenders = [GOCHAN] if given.section in (CORE, GROWTH) else given.contenders
    try:
        figures = runner.measure(works, contenders, given.rounds, given.quick)
    except KeyboardInterrupt:
        print("\ninterrupted: no figures", file=sys.stderr)
        return 130
    verdicts = [] if given.quick else limits.verdicts(figures)
    if given.json:
        print(json.dumps(table.as_json(figures, works, verdicts, given.rounds, given.quick)))
    else:
        if given.quick:
            print(f"programs are {QUICK} times smaller than their titles say; no limit is judged\n")
        print(table.text(figures, works, contenders, verdicts))
    return 1 if figures.failed or not all(one.kept for one in verdicts) else 0


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("gochan.bench", __doc__)
    parser.add_argument(
        "section",
        nargs="?",
        choices=[TABLE, GROWTH, CORE, EXPLORE],
        help="table: all contenders; growth: whether a value costs more among many others; "
        "core: gochan beside bare greenlet switches; explore: executions a second",
    )
    parser.add_argument("--json", action="store_true", help="print every round as JSON")
    parser.add_argument("--rounds", type=count, default=5, help="how many (%(default)s)")
    parser.add_argument(
        "--only", type=_listed(BY_KEY, "work"), metavar="WORK,...", help=f"of {', '.join(BY_KEY)}"
    )
    parser.add_argument(
        "--contenders",
        type=_listed(CONTENDERS, "contender"),
        default=list(CONTENDERS.values()),
        metavar="NAME,...",
        help=f"of {', '.join(CONTENDERS)}",
    )
    parser.add_argument("--quick", action="store_true", help="small programs, to try it out")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    return parser


def _works(section: str | None, only: list[Work] | None) -> list[Work]:
    if only is not None:
        return only
    beside = BESIDE_CORE if section == CORE else ()
    return [work for work in WORKS if section in (None, work.section) or work.key in beside]


def _listed(known: Mapping[str, T], what: str) -> Callable[[str], list[T]]:
    """Reads names that are separated by commas."""

    def read(text: str) -> list[T]:
        names = text.split(",")
        for name in names:
            if name not in known:
                raise argparse.ArgumentTypeError(
                    f"there is no {what} {name!r}; there are {', '.join(known)}"
                )
        return [one for key, one in known.items() if key in names]

    return read


if __name__ == "__main__":
    sys.exit(main())
