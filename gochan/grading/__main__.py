"""Makes the students' exercises from their sources, and marks what students hand in.

Started as `python3 start.py exercises` and `python3 start.py grade`; notebooks/teacher/README.md
explains both.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ..commandline import parser_of
from .collecting import Collected, Submission, collect
from .course import TEACHER, Assignment, Problem, assignments, chosen
from .marking import Course, changed, mark
from .marks import marks_of, table, write_csv
from .releasing import release
from .validating import validate

NOTHING = """\
Nothing has been handed in yet. Put the students' notebooks here, one folder for each student:
  {place}
or name the folder, or the .zip, that you downloaded from your learning platform:
  python3 start.py grade ~/Downloads/submissions.zip
Which exercises a notebook holds is seen from its cells, so its name doesn't matter."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the command line; returns the exit code."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.command(given))
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _exercises(given: argparse.Namespace) -> int:
    found = chosen(assignments(), given.lessons)
    changed = release(found)
    for path in changed:
        print(f"written: {_short(path)}")
    unchanged = len(found) - len(changed)
    print(f"{_count(len(changed), 'notebook')} written, {unchanged} as they should be.")
    return _validate(found) if given.check else 0


def _validate(found: list[Assignment]) -> int:
    """Says what the checks come to; returns the exit code."""
    code = 0
    for one in validate(found):
        number = _count(len(one.solutions), "check")
        for problem in one.problems:
            print(problem)
            code = 1
        if not one.problems:
            print(
                f"{one.assignment.name}: {number} right on the solutions and on the starting "
                f"points; the slowest took {one.slowest:.1f} s"
            )
    return code


def _grade(given: argparse.Namespace) -> int:
    known, course = assignments(), Course(given.course)
    wanted = chosen(known, given.assignment)
    collected = collect(course.submitted, known, given.submissions)
    of_these = [one for one in collected.submissions if one.assignment in wanted]
    if not of_these:
        place = course.submitted / "STUDENT" / wanted[-1].name / f"{wanted[-1].notebook}.ipynb"
        print(NOTHING.format(place=_short(place)))
    else:
        _mark(course, of_these, again=given.again)
        _report(course, collected, wanted)
    _tell(collected.notes)
    return 1 if collected.notes else 0


def _mark(course: Course, submissions: list[Submission], *, again: bool) -> None:
    """Marks what is to be marked, with a line for each."""
    due = submissions if again else changed(course, submissions)
    if len(due) < len(submissions):
        same = _count(len(submissions) - len(due), "notebook")
        print(f"{same} marked before, and unchanged since.")
    for number, (one, problem) in enumerate(mark(course, due), start=1):
        ending = "marked" if problem is None else f"NOT marked: {problem}"
        what = f"{one.student}, {one.assignment.notebook}"
        print(f"{number} of {len(due)}: {what}: {ending}", flush=True)


def _report(course: Course, collected: Collected, wanted: list[Assignment]) -> None:
    """Prints a table for each assignment, and says where the rest is."""
    marks = marks_of(course, collected.submissions)
    for assignment in wanted:
        rows = [one for one in marks if one.submission.assignment == assignment]
        if rows:
            print(f"\n{table(assignment, rows)}")
    write_csv(course.csv, marks)
    print(f"\nAll marks, for a spreadsheet: {_short(course.csv)}")
    print(f"A page for each student:      {_short(course.feedback)}/STUDENT/…/NN_exercises.html")


def _tell(notes: list[str]) -> None:
    if notes:
        print("\nPlease look at this:")
    for note, times in Counter(notes).items():
        print(f"- {note}" + (f" ({times} times)" if times > 1 else ""))


def _short(path: Path) -> str:
    """The path as it is seen from here, if that is shorter."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' if number != 1 else ''}"


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("gochan.grading", __doc__)
    commands = parser.add_subparsers(required=True, metavar="exercises|grade")
    exercises = commands.add_parser("exercises", help="make the students' exercises")
    exercises.add_argument("lessons", nargs="*", help="which, such as 02; all if none is named")
    exercises.add_argument(
        "--check", action="store_true", help="try every check on its solution and its start"
    )
    exercises.set_defaults(command=_exercises)
    grade = commands.add_parser("grade", help="mark what students have handed in")
    grade.add_argument(
        "submissions", nargs="?", type=Path, help="a folder or a .zip with students' notebooks"
    )
    grade.add_argument(
        "--assignment", action="append", default=[], help="mark these only, such as 02"
    )
    grade.add_argument("--again", action="store_true", help="also what was marked before")
    grade.add_argument(
        "--course",
        type=Path,
        default=TEACHER,
        help="the folder with submissions and marks, to keep classes apart; usually %(default)s",
    )
    grade.set_defaults(command=_grade)
    return parser


if __name__ == "__main__":
    sys.exit(main())
