"""Marking submissions with nbgrader: several at once, each in a process of its own.

What came of it stands in nbgrader's gradebook. A file beside it remembers which submission, checked
by which exercises, was marked, so that nothing is marked twice.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from .collecting import Submission
from .course import TEACHER, Assignment
from .releasing import released_notebook
from .remarks import remarks_on_marked, remarks_on_submitted
from .settings import settings
from .workers import workers


class Course:
    """A folder with submissions, and what marking makes of them.

    `submitted`, `autograded` and `feedback` are nbgrader's folders, `gradebook.db` its database.
    """

    def __init__(self, root: Path = TEACHER) -> None:
        self.root = root.resolve()
        self.submitted = self.root / "submitted"
        self.feedback = self.root / "feedback"
        self.log = self.root / "marking.log"
        self.marked = self.root / "marked.json"
        self.csv = self.root / "marks.csv"

    @property
    def database(self) -> str:
        """The gradebook's address; a process waits while another one writes."""
        return f"sqlite:///{self.root / 'gradebook.db'}?timeout=60"

    def settings(self, assignment: Assignment, student: str = "*") -> Config:
        """The settings for one assignment in this course."""
        config = settings()
        config.CourseDirectory.root = str(self.root)
        config.CourseDirectory.db_url = self.database
        config.CourseDirectory.source_directory = str(assignment.source.parents[1])
        config.CourseDirectory.assignment_id = assignment.name
        config.CourseDirectory.student_id = student
        return config

    def feedback_of(self, submission: Submission) -> Path:
        """Where the page stands that the student may read."""
        assignment = submission.assignment
        page = f"{assignment.notebook}.html"
        return self.feedback / submission.student / assignment.name / page


def changed(course: Course, submissions: list[Submission]) -> list[Submission]:
    """Those that weren't marked yet, or not as they are now."""
    known = _remembered(course)
    return [one for one in submissions if _key(one) != known.get(_name(one), {}).get("key")]


def mark(course: Course, due: list[Submission]) -> Iterator[tuple[Submission, str | None]]:
    """Marks the submissions; yields each, when it is done, with what went wrong, if so."""
    _find_programs()
    for assignment in {one.assignment.name: one.assignment for one in due}.values():
        _enter(course, assignment)
    pool = workers(len(due), course.log)
    running = {pool.submit(_mark_one, course, one): one for one in due}
    try:
        for done in as_completed(running):
            problem, remarks = _outcome(done)
            _remember(course, running[done], problem, remarks)
            yield running[done], problem
    finally:
        pool.shutdown(cancel_futures=True)


def remarks(course: Course, submission: Submission) -> list[str]:
    """What is to be said about a submission that was marked."""
    known = _remembered(course).get(_name(submission), {})
    problem = [f"not marked: {known['problem']}"] if known.get("problem") else []
    return [*problem, *known.get("remarks", [])]


def _mark_one(course: Course, submission: Submission) -> tuple[str | None, list[str]]:
    """Runs the checks and makes the feedback; returns what went wrong, and the remarks."""
    _log_to(course.log)
    assignment = submission.assignment
    config = course.settings(assignment, submission.student)
    try:
        _run(Autograde, config, "submitted_directory", assignment)
        _run(GenerateFeedback, config, "autograded_directory", assignment)
        data = submission.path.read_text(encoding="utf-8-sig")
        path = course.root / "autograded" / submission.student / assignment.name
        return None, [
            *remarks_on_submitted(data, assignment),
            *remarks_on_marked(path / f"{assignment.notebook}.ipynb"),
        ]
    except Exception as error:  # one student's notebook is no reason to stop
        logging.getLogger("traitlets").exception("%s", _name(submission))
        return f"{type(error).__name__}: {error}", []


def _outcome(done: Future[tuple[str | None, list[str]]]) -> tuple[str | None, list[str]]:
    try:
        return done.result()
    except BrokenProcessPool:
        return "the process that marked it ended (out of memory?)", []


def _enter(course: Course, assignment: Assignment) -> None:
    """Tells nbgrader's gradebook what the assignment's checks are."""
    _log_to(course.log)
    config = course.settings(assignment)
    with tempfile.TemporaryDirectory() as folder:
        config.CourseDirectory.release_directory = folder
        with Gradebook(course.database, config.CourseDirectory.course_id) as gradebook:
            names = {one.name for one in gradebook.assignments}
            if assignment.name in names and _has_other_cells(gradebook, assignment):
                gradebook.remove_assignment(assignment.name)
        config.CourseDirectory.student_id = "."  # nbgrader's word for nobody
        _run(GenerateAssignment, config, "source_directory", assignment)


def _has_other_cells(gradebook: Gradebook, assignment: Assignment) -> bool:
    """Whether exercises were added or taken away since; nbgrader wouldn't go on with old marks."""
    notebook = gradebook.find_notebook(assignment.notebook, assignment.name)
    cells = released_notebook(assignment).cells
    ids = {cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata}
    return {cell.name for cell in notebook.source_cells} != ids


def _run(step: type, config: Config, reads: str, assignment: Assignment) -> None:
    """Lets one of nbgrader's steps work on one notebook, in a folder that a setting names."""
    places = CourseDirectory(config=config)
    folder = places.format_path(getattr(places, reads), places.student_id, assignment.name)
    converter = step(coursedir=places, config=config)
    # nbgrader looks for notebooks with patterns, and finds none below a folder such as "2A [new]".
    converter.init_notebooks = lambda: None
    converter.assignments = {folder: [os.path.join(folder, f"{assignment.notebook}.ipynb")]}
    converter.force = True
    converter.start()


def _find_programs() -> None:
    """The gradebook starts `alembic`, which stands beside this Python, maybe not on the PATH."""
    here = str(Path(sys.executable).parent)
    if here not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = here + os.pathsep + os.environ.get("PATH", os.defpath)


def _log_to(path: Path) -> None:
    log = logging.getLogger("traitlets")
    if not log.handlers or getattr(log.handlers[0], "baseFilename", None) != str(path):
        log.handlers = [logging.FileHandler(path, encoding="utf-8")]
        log.propagate = False
        log.setLevel(logging.INFO)


def _remember(
    course: Course, submission: Submission, problem: str | None, remarks: list[str]
) -> None:
    known = _remembered(course)
    key = _key(submission) if problem is None else None
    known[_name(submission)] = {"key": key, "remarks": remarks, "problem": problem}
    course.marked.write_text(json.dumps(known, indent=1), encoding="utf-8")


def _remembered(course: Course) -> dict[str, Any]:
    if not course.marked.is_file():
        return {}
    known: dict[str, Any] = json.loads(course.marked.read_text(encoding="utf-8"))
    return known


def _name(submission: Submission) -> str:
    return f"{submission.student}/{submission.assignment.name}"


def _key(submission: Submission) -> str:
    """Changes with the submission and with its exercises."""
    parts = [submission.path.read_bytes(), submission.assignment.source.read_bytes()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
