"""A submission's checks are those that were handed out, whatever became of them.

nbgrader puts a changed check back, but stumbles over a missing one whose answer is missing too, and
trusts the rest of a cell's metadata: a tag "skip-execution" would turn a check off, and a check
that wasn't run gets full marks. So each is taken from the students' notebook as it was made, tags
and all.
"""

from __future__ import annotations

import copy
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from .course import assignments
from .releasing import released_notebook


class RestoreCells(NbGraderPreprocessor):
    """Puts every cell that isn't the student's to change back, where it is missing too."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Mends the submitted notebook `nb`, with the one that was handed out."""
        nb = nbformat.v4.upgrade(nb)  # an older format has no cell ids, which come along now
        for assignment in assignments():
            if assignment.name == resources["nbgrader"]["assignment"]:
                nb.cells = restored(nb.cells, released_notebook(assignment).cells)
        return nb, resources


def restored(cells: list[NotebookNode], originals: list[NotebookNode]) -> list[NotebookNode]:
    """The student's cells with the original checks and locked cells.

    A check that was moved above its answer, or deleted, comes below its answer again and below the
    code cells that were added there. Without an answer it comes last: who lost an answer's cell may
    have written it elsewhere.
    """
    graded = {_grade_id(cell): cell for cell in originals if _grade_id(cell)}
    mended = _recognised(cells, graded)
    for name, answer in _answers(graded).items():
        _put_back(mended, graded[name], answer)
    return mended


def _recognised(cells: list[NotebookNode], graded: dict[str, NotebookNode]) -> list[NotebookNode]:
    """The cells, with nbgrader's marks as they were; of several with one id the last counts."""
    kept: list[NotebookNode] = []
    seen = set()
    for cell in reversed(cells):
        name = _grade_id(cell)
        cell.metadata.pop("nbgrader", None)
        if name in graded and name not in seen:
            seen.add(name)
            cell.metadata["nbgrader"] = copy.deepcopy(graded[name].metadata["nbgrader"])
            kept.append(cell)
        elif name not in graded or is_solution(graded[name]):
            kept.append(cell)  # a copy of an answer is a cell like others; of a check, needless
    return kept[::-1]


def _answers(graded: dict[str, NotebookNode]) -> dict[str, str | None]:
    """For each locked cell the answer that it belongs to: a check's above it, or the next one."""
    names = list(graded)
    found: dict[str, str | None] = {}
    for at, name in enumerate(names):
        if not is_solution(graded[name]):
            nearest = reversed(names[:at]) if is_grade(graded[name]) else iter(names[at:])
            found[name] = next((one for one in nearest if is_solution(graded[one])), None)
    return found


def _put_back(cells: list[NotebookNode], original: NotebookNode, answer: str | None) -> None:
    """Puts one locked cell in its place."""
    here, there = _find(cells, _grade_id(original)), _find(cells, answer)
    if here is not None and (there is None or (here > there) == is_grade(original)):
        cells[here] = original
        return
    if here is not None:
        del cells[here]
        there = _find(cells, answer)
    if not is_grade(original):
        cells.insert(there or 0, original)
        return
    place = len(cells) if there is None else there + 1
    while place < len(cells) and cells[place].cell_type == "code" and not _grade_id(cells[place]):
        place += 1
    cells.insert(place, original)


def _find(cells: list[NotebookNode], name: str | None) -> int | None:
    places = (place for place, cell in enumerate(cells) if name and _grade_id(cell) == name)
    return next(places, None)


def _grade_id(cell: NotebookNode) -> Any:
    """The cell's id for nbgrader, None if it has none; students' metadata may hold anything."""
    marks = cell.metadata.get("nbgrader")
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else None
