"""The marks: read from nbgrader's gradebook, printed as tables, written as CSV."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from .collecting import Submission
from .course import Assignment
from .marking import Course, remarks

UNKNOWN = "-"


@dataclass(frozen=True)
class Marks:
    """The points of one submission, exercise by exercise; None where nothing was marked."""

    submission: Submission
    points: list[float | None]
    remarks: list[str]

    @property
    def total(self) -> float:
        """The sum."""
        return sum(points or 0 for points in self.points)


def marks_of(course: Course, submissions: list[Submission]) -> list[Marks]:
    """The marks of the submissions, in their order; points given by hand count."""
    with Gradebook(course.database, "gochan") as gradebook:
        return [Marks(one, _points(gradebook, one), remarks(course, one)) for one in submissions]


def _points(gradebook: Gradebook, submission: Submission) -> list[float | None]:
    assignment = submission.assignment
    try:
        notebook = gradebook.find_submission_notebook(
            assignment.notebook, assignment.name, submission.student
        )
    except MissingEntry:
        return [None] * len(assignment.exercises)
    scores = {grade.name: grade.score for grade in notebook.grades}
    return [scores.get(exercise.check) for exercise in assignment.exercises]


def table(assignment: Assignment, marks: list[Marks]) -> str:
    """One assignment's marks: a line for each student, and how many solved each exercise."""
    most = [exercise.points for exercise in assignment.exercises]
    solved = [
        sum(one.points[place] == points for one in marks) for place, points in enumerate(most)
    ]
    rows = [
        ["", *(str(number + 1) for number in range(len(most))), "sum", ""],
        ["of", *map(_shown, most), _shown(sum(most)), ""],
        *(
            [
                one.submission.student,
                *map(_shown, one.points),
                _shown(one.total) if None not in one.points else UNKNOWN,
                "; ".join(one.remarks),
            ]
            for one in marks
        ),
        ["solved by", *map(str, solved), "", ""],
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    lines = [assignment.name]
    for row in rows:
        numbers = "".join(
            f"  {text:>{width}}" for text, width in zip(row[1:-1], widths[1:], strict=True)
        )
        lines.append(f"  {row[0]:{widths[0]}}{numbers}   {row[-1]}".rstrip())
    return "\n".join(lines)


def write_csv(path: Path, marks: list[Marks]) -> None:
    """One line for each submission: student, assignment, points, the most, each exercise."""
    width = max((len(one.points) for one in marks), default=0)
    numbers = [f"exercise {number + 1}" for number in range(width)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # spreadsheets need the mark
        writer = csv.writer(file)
        writer.writerow(["student", "exercises", "points", "of", *numbers, "remarks"])
        for one in marks:
            assignment = one.submission.assignment
            cells = ["" if points is None else _shown(points) for points in one.points]
            writer.writerow(
                [
                    one.submission.student,
                    assignment.name,
                    _shown(one.total),
                    _shown(assignment.points),
                    *cells,
                    *[""] * (width - len(cells)),
                    "; ".join(one.remarks),
                ]
            )


def _shown(points: float | None) -> str:
    return UNKNOWN if points is None else f"{points:g}"
