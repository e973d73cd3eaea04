"""The students' exercises, made from their sources by nbgrader's own converters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import InstantiateTests, SaveCells
from traitlets.config import Config

from .course import Assignment

# What stands in a student's answer cell below the starting point.
STUB = "# Change what stands above, or write it anew here."

# nbgrader's steps, without InstantiateTests, which makes checks of another kind than ours.
STEPS = [step for step in GenerateAssignment().preprocessors if step is not InstantiateTests]


def release_settings() -> Config:
    """The settings for making the students' notebooks."""
    config = Config()
    config.Exporter.default_preprocessors = []
    config.ClearSolutions.code_stub = {"python": STUB}
    config.GenerateAssignment.preprocessors = STEPS
    return config


def released(assignments: list[Assignment]) -> Iterator[tuple[Assignment, str]]:
    """Each assignment with its notebook for students: no solutions, no outputs, checks locked.

    The same source gives the same text, byte for byte.
    """
    exporter = NotebookExporter(config=release_settings())
    for step in STEPS:
        if step is not SaveCells:  # which writes into nbgrader's database
            exporter.register_preprocessor(step)
    for assignment in assignments:
        text, _ = exporter.from_filename(str(assignment.source))
        yield assignment, str(text)


def released_notebook(assignment: Assignment) -> Any:
    """What the students of one assignment get, as a NotebookNode."""
    [(_, text)] = released([assignment])
    return nbformat.reads(text, as_version=4)


def release(assignments: list[Assignment]) -> list[Path]:
    """Writes the students' notebooks; returns those that changed."""
    changed = []
    for assignment, text in released(assignments):
        path = assignment.release
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed
