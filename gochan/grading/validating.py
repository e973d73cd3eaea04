"""Trying the exercises themselves: every solution passes its check, every starting point fails.

A starting point fails by the check's own word, not by some other error: a student who runs it is
told what to do.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from nbformat import NotebookNode
from nbgrader.preprocessors import CheckCellMetadata, ClearOutput
from nbgrader.utils import determine_grade, is_grade
from nbgrader.validator import Validator

from .course import Assignment
from .executing import SteadyExecute
from .releasing import released
from .settings import settings
from .workers import workers

NOT_YET = "NotYet"  # the one error that a check raises


@dataclass(frozen=True)
class Tried:
    """What a check came to: how it failed or None, what it said, and how long it took."""

    check: str
    error: str | None
    said: str
    seconds: float


class OneRun(Validator):
    """nbgrader's Validator, which also keeps the notebook that was run."""

    preprocessors: ClassVar = [CheckCellMetadata, ClearOutput, SteadyExecute]

    def _preprocess(self, nb: NotebookNode) -> Any:
        self.notebook = super()._preprocess(nb)
        return self.notebook


@dataclass(frozen=True)
class Validity:
    """The checks of an assignment, on the solutions and on what students get."""

    assignment: Assignment
    solutions: list[Tried]
    starts: list[Tried]
    problems: list[str]  # sentences

    @property
    def slowest(self) -> float:
        """The seconds that the slowest check took."""
        return max(tried.seconds for tried in self.solutions + self.starts)


def validate(assignments: list[Assignment]) -> Iterator[Validity]:
    """Runs all sources and all students' notebooks, several at once."""
    with tempfile.TemporaryDirectory() as folder:
        starts = []
        for assignment, text in released(assignments):
            path = Path(folder) / f"{assignment.name}.ipynb"
            path.write_text(text, encoding="utf-8")
            starts.append(path)
        sources = [assignment.source for assignment in assignments]
        with workers(2 * len(assignments), os.devnull) as pool:
            solved = pool.map(_run, sources, [False] * len(sources))
            unsolved = pool.map(_run, starts, [True] * len(starts))
            for assignment, right, wrong in zip(assignments, solved, unsolved, strict=True):
                yield _judged(assignment, right, wrong)


def _run(path: Path, invert: bool) -> tuple[list[Tried], dict[str, Any]]:
    """Nbgrader's verdict on a notebook, beside what each of its checks said."""
    config = settings()
    config.SteadyExecute.record_timing = True
    one = OneRun(config=config, invert=invert)
    verdict = one.validate(str(path))
    return [_tried(cell) for cell in one.notebook.cells if is_grade(cell)], verdict


def _tried(cell: NotebookNode) -> Tried:
    errors = [output for output in cell.outputs if output.output_type == "error"]
    said = [output.text for output in cell.outputs if output.output_type == "stream"]
    said += [output.evalue for output in errors]
    points, most = determine_grade(cell)
    error = errors[0].ename if errors else None
    if error is None and points < most:
        error = "stderr"
    return Tried(cell.metadata.nbgrader.grade_id, error, "\n".join(said), _seconds(cell))


def _seconds(cell: NotebookNode) -> float:
    times = cell.metadata.get("execution", {})
    try:
        begun = datetime.fromisoformat(times["iopub.status.busy"])
        return (datetime.fromisoformat(times["iopub.status.idle"]) - begun).total_seconds()
    except KeyError:  # it was given up
        return 0.0


def _judged(
    assignment: Assignment,
    right: tuple[list[Tried], dict[str, Any]],
    wrong: tuple[list[Tried], dict[str, Any]],
) -> Validity:
    name = assignment.name
    (solutions, verdict), (starts, inverted) = right, wrong
    problems = [
        f"{name}: {one.check} doesn't pass on the solution: {one.error}: {one.said}"
        for one in solutions
        if one.error
    ]
    problems += [
        f"{name}: {one.check} should fail on the starting point with {NOT_YET}, "
        f"not with {one.error or 'nothing'}: {one.said}"
        for one in starts
        if one.error != NOT_YET
    ]
    if (verdict or inverted) and not problems:
        problems = [f"{name}: nbgrader says: {verdict or inverted}"]
    return Validity(assignment, solutions, starts, problems)
