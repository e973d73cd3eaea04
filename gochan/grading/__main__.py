"""Makes the students' exercises from their sources.

Started as `python3 start.py exercises`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from ..commandline import parser_of
from .course import Problem, assignments, chosen
from .releasing import release


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the command line; returns the exit code."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.command(given))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2


def _exercises(given: argparse.Namespace) -> int:
    found = chosen(assignments(), given.lessons)
    changed = release(found)
    for path in changed:
        print(f"written: {path}")
    print(f"{len(found)} notebooks with exercises, {len(changed)} of them changed.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("gochan.grading", __doc__)
    commands = parser.add_subparsers(required=True)
    exercises = commands.add_parser("exercises", help="make the students' exercises")
    exercises.add_argument("lessons", nargs="*", help="which, such as 02; all if none is named")
    exercises.set_defaults(command=_exercises)
    return parser


if __name__ == "__main__":
    sys.exit(main())
