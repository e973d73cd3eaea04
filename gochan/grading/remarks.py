"""What a teacher should know about a submission beside its marks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from .course import Assignment, Exercise
from .releasing import released_notebook

# A check runs in the same Python as the answer. Who reaches for these can get at the check.
REACHES = r"gochan\.classroom|\bclassroom\b|sys\.modules|get_ipython|importlib|__import__|ctypes"
MARKERS = ("BEGIN SOLUTION", "END SOLUTION")


def remarks_on_submitted(data: str, assignment: Assignment) -> list[str]:
    """On the notebook as it was handed in: what was changed that was not to be changed."""
    cells = nbformat.reads(data, as_version=4).cells
    originals = {_grade_id(cell): cell for cell in released_notebook(assignment).cells}
    found = {_grade_id(cell): cell for cell in cells}
    places = {_grade_id(cell): place for place, cell in enumerate(cells)}
    if not set(originals) & set(found) - {None}:
        return ["none of the exercises' cells; the checks were added"]
    seen: dict[str, list[int]] = {}
    for number, exercise in enumerate(assignment.exercises, start=1):
        for remark in (
            _on_answer(found.get(exercise.answer), originals[exercise.answer]),
            _on_check(found.get(exercise.check), originals[exercise.check])
            or _on_order(places, exercise),
        ):
            if remark:
                seen.setdefault(remark, []).append(number)
    return [_sentence(remark, numbers) for remark, numbers in seen.items()] + _reaches(
        cells, assignment
    )


def _on_answer(answer: NotebookNode | None, original: NotebookNode) -> str | None:
    if answer is None:
        return "answer {} missing"
    return "answer {} unchanged" if answer.source.strip() == original.source.strip() else None


def _on_check(check: NotebookNode | None, original: NotebookNode) -> str | None:
    if check is None:
        return "check {} deleted, and put back"
    if check.source != original.source or check.cell_type != original.cell_type:
        return "check {} changed, and put back"
    return "check {} tagged, and put back" if check.metadata.get("tags") else None


def _on_order(places: dict[Any, int], exercise: Exercise) -> str | None:
    answer, check = places.get(exercise.answer), places.get(exercise.check)
    is_above = answer is not None and check is not None and check < answer
    return "check {} moved, and put back" if is_above else None


def _sentence(remark: str, numbers: list[int]) -> str:
    return remark.format(", ".join(map(str, numbers)))


def remarks_on_marked(path: Path) -> list[str]:
    """On the notebook as it was run: cells that ended Python, or went on for too long."""
    cells = nbformat.read(path, as_version=4).cells
    names = {output.get("ename") for cell in cells for output in cell.get("outputs", [])}
    words = {"KernelEnded": "ended Python", "TimeUp": "had to be stopped"}
    return [f"a cell {words[name]}" for name in sorted(names & set(words))]


def _reaches(cells: list[NotebookNode], assignment: Assignment) -> list[str]:
    checks = {exercise.check for exercise in assignment.exercises}
    own = [cell for cell in cells if cell.cell_type == "code" and _grade_id(cell) not in checks]
    code = "\n".join(cell.source for cell in own)
    remarks = [f"read it: it uses {word}" for word in sorted(set(re.findall(REACHES, code)))]
    if any(marker in code for marker in MARKERS):
        remarks.append("read it: it holds a solution's marks")
    return remarks


def _grade_id(cell: NotebookNode) -> Any:
    marks = cell.metadata.get("nbgrader")
    return marks.get("grade_id") if isinstance(marks, dict) else None
