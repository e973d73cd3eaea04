"""The students' exercises, made from their sources by nbgrader's own converters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nbconvert.exporters import NotebookExporter

from .course import Assignment
from .settings import RELEASE_ONLY, settings


def released(assignments: list[Assignment]) -> Iterator[tuple[Assignment, str]]:
    """Each assignment with its notebook for students: no solutions, no outputs, checks locked.

    The same source gives the same text, byte for byte.
    """
    exporter = NotebookExporter(config=settings())
    for preprocessor in RELEASE_ONLY:
        exporter.register_preprocessor(preprocessor)
    for assignment in assignments:
        text, _ = exporter.from_filename(str(assignment.source))
        yield assignment, str(text)


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
