"""Finding whose notebook is whose, and of which exercises, in whatever was downloaded.

A notebook says by its cells which exercises it holds, so its name doesn't matter. Whose it is, its
folder says, the one for each student that learning platforms make; or else what its name has beside
the exercises' name.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from .course import Assignment, Problem
from .incoming import Incoming, incoming, is_notebook

# What Moodle and Canvas put between a student's name and the file's.
PLATFORMS = re.compile(r"_\d+_assignsubmission_\w*|(_late)?(_\d{3,}){2}_?", re.IGNORECASE)
COUNTERS = r"(\s*\(\d+\)|-\d+|[ _-]+copy(\s*\d+)?)*"  # of downloads and of copies
GENERAL = {"exercises", "notebooks", "submitted"}  # folders that are nobody's name
JOINTS = " _-.,"
NAMED = 5  # of the files that are no notebooks; the others are counted


@dataclass(frozen=True)
class Submission:
    """One student's notebook for one assignment, in its place below `submitted`."""

    student: str
    assignment: Assignment
    path: Path


@dataclass
class Collected:
    """The submissions, by assignment and student, and sentences about what is odd."""

    submissions: list[Submission] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def collect(submitted: Path, assignments: list[Assignment], extra: Path | None) -> Collected:
    """Everything below `submitted`, and in the folder or .zip `extra`.

    Each notebook is copied to `submitted/STUDENT/ASSIGNMENT/` unless it is there. Of several for
    the same place the one changed last counts. Raises Problem if `extra` is no folder and no .zip.
    """
    found = Collected()
    claims: dict[tuple[str, str], list[Incoming]] = defaultdict(list)
    for folder in (submitted, extra):
        if folder is not None and (folder is extra or folder.is_dir()):
            _read(incoming(folder), assignments, claims, found.notes)
    by_name = {assignment.name: assignment for assignment in assignments}
    for (name, student), files in sorted(claims.items()):
        path = submitted / student / name / f"{by_name[name].notebook}.ipynb"
        _settle(path, student, files, found.notes)
        found.submissions.append(Submission(student, by_name[name], path))
    return found


def _read(
    files: list[Incoming],
    assignments: list[Assignment],
    claims: dict[tuple[str, str], list[Incoming]],
    notes: list[str],
) -> None:
    """Sorts the files by assignment and student, into `claims`."""
    notebooks = [file for file in files if is_notebook(file.parts[-1])]
    others = [file.shown for file in files if file not in notebooks]
    outer = _outer_folders(notebooks, assignments)
    for file in notebooks:
        try:
            assignment = _assignment_of(file, assignments)
            student = _student_of(file, outer, assignments, assignment)
            claims[assignment.name, student].append(file)
        except Problem as problem:
            notes.append(f"{file.shown} {problem}")
    if others:
        more = f" and {len(others) - NAMED} more" if len(others) > NAMED else ""
        notes.append(f"Left out, being no notebooks: {', '.join(others[:NAMED])}{more}.")


def _outer_folders(files: list[Incoming], assignments: list[Assignment]) -> int:
    """How many folders stand round all the students' folders or files, as in many a .zip.

    They end where the students' own folders begin to differ, or files that have names in them.
    """
    paths = [file.parts for file in files]
    levels = enumerate(zip(*paths, strict=False))
    outer = next((level for level, parts in levels if len(set(parts)) > 1), 0)
    general = GENERAL | {assignment.name for assignment in assignments}
    differs = [
        path[outer] not in general if len(path) > outer + 1 else _is_named(path[-1], assignments)
        for path in paths
    ]
    return outer if all(differs) else 0


def _is_named(name: str, assignments: list[Assignment]) -> bool:
    """Whether a file is called after some exercises, and after somebody."""
    return any(one.notebook in name and _own_name(name, one) for one in assignments)


def _assignment_of(file: Incoming, assignments: list[Assignment]) -> Assignment:
    """By the ids of its cells; if there are none, by its path. Raises Problem if that fails."""
    ids = {_grade_id(cell) for cell in _cells(file)}
    shares = [
        sum(one.check in ids or one.answer in ids for one in assignment.exercises)
        for assignment in assignments
    ]
    path = "/".join(file.parts)
    named = [one for one in assignments if one.name in path or one.notebook in path]
    likely = [one for one, share in zip(assignments, shares, strict=True) if share == max(shares)]
    if max(shares) == 0:
        likely = named
    if not likely:
        raise Problem(
            "holds no exercises: it is another notebook, or was edited with a program that "
            f"drops the cells' hidden marks (then name it {assignments[0].notebook}.ipynb or so)."
        )
    return next((one for one in likely if one in named), likely[0])


def _cells(file: Incoming) -> list[nbformat.NotebookNode]:
    """The notebook's cells; raises Problem if it has none because it is no notebook."""
    if file.data is None:
        raise Problem("is far too large for a notebook.")
    if not file.data.strip():
        raise Problem("is empty (there is nothing in the file): it has to be handed in again.")
    try:
        notebook = nbformat.reads(file.data.decode("utf-8-sig"), as_version=4)
        return list(notebook.cells)
    except Exception as error:  # what stands in such a file can fail in any way
        raise Problem(
            "is not a notebook, although its name says so: it has to be handed in again."
        ) from error


def _student_of(
    file: Incoming, outer: int, assignments: list[Assignment], assignment: Assignment
) -> str:
    """The student's folder, or else the rest of the file's name; raises Problem without any."""
    exercises = {one.name for one in assignments} | GENERAL
    folders = [part for part in file.parts[outer:-1] if part not in exercises]
    name = _cleaned(folders[0]) if folders else _own_name(file.parts[-1], assignment)
    if not name:
        raise Problem("doesn't say whose it is: put it into a folder that has the student's name.")
    return name


def _own_name(name: str, assignment: Assignment) -> str:
    """What a file's name says beside the exercises' name and its ending; "" if that is all."""
    stem = re.split(r"\.ipynb", name, flags=re.IGNORECASE)[0]
    exercises = re.escape(assignment.notebook) + COUNTERS
    return _cleaned(re.sub(exercises, "", stem, flags=re.IGNORECASE))


def _cleaned(name: str) -> str:
    """A name without what platforms add, and without what nbgrader can't have in a path."""
    name = re.sub(r"[^\w\s.@'-]", "_", PLATFORMS.sub("", name))
    return " ".join(name.strip(JOINTS).split())


def _settle(path: Path, student: str, files: list[Incoming], notes: list[str]) -> None:
    """Sees that the file that counts is in its place."""
    files.sort(key=lambda one: (one.when, one.shown == str(path)))
    last = files[-1]
    if len({file.data for file in files}) > 1:
        shown = next(file.shown for file in files if file.data == last.data)
        notes.append(f"{student} has several notebooks {path.stem}; {shown} was changed last.")
    if last.shown != str(path) and (not path.is_file() or path.read_bytes() != last.data):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(last.data or b"")
        os.utime(path, (last.when, last.when))


def _grade_id(cell: nbformat.NotebookNode) -> str:
    marks = cell.get("metadata", {}).get("nbgrader")
    return str(marks.get("grade_id", "")) if isinstance(marks, dict) else ""
