"""Where the exercises are, and what is in them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
TEACHER = NOTEBOOKS / "teacher"


class Problem(Exception):
    """Why it cannot go on, as a sentence for the teacher."""


@dataclass(frozen=True)
class Exercise:
    """One exercise: the ids of its answer and its check, its title, and its points."""

    answer: str
    check: str
    title: str
    points: float


@dataclass(frozen=True)
class Assignment:
    """The exercises of one lesson: the source with the solutions, and the students' copy."""

    source: Path
    release: Path

    @property
    def name(self) -> str:
        """The lesson's stem, such as "02_unbuffered_and_buffered_channels"."""
        return self.source.parent.name

    @property
    def notebook(self) -> str:
        """The notebook's name without its ending, such as "02_exercises"."""
        return self.source.stem

    @cached_property
    def exercises(self) -> list[Exercise]:
        """The exercises in their order."""
        return _exercises(json.loads(self.source.read_text(encoding="utf-8"))["cells"])

    @property
    def points(self) -> float:
        """The most that can be reached."""
        return sum(exercise.points for exercise in self.exercises)


def assignments(notebooks: Path = NOTEBOOKS) -> list[Assignment]:
    """All assignments that have a source, in the order of the lessons.

    Raises Problem if there is none.
    """
    sources = sorted((notebooks / "teacher" / "source").glob("*/*.ipynb"))
    found = [
        Assignment(path, notebooks / "exercises" / path.parent.name / path.name) for path in sources
    ]
    if not found:
        raise Problem(f"There are no exercises in {notebooks / 'teacher' / 'source'}.")
    return found


def chosen(found: list[Assignment], names: list[str]) -> list[Assignment]:
    """Those that are named by their number or by a part of their name; all if none is named.

    Raises Problem for a name that fits none.
    """
    for name in names:
        if not any(_fits(assignment, name) for assignment in found):
            there = ", ".join(assignment.name for assignment in found)
            raise Problem(f"There are no exercises called {name!r}; there are {there}.")
    return [one for one in found if not names or any(_fits(one, name) for name in names)]


def _fits(assignment: Assignment, name: str) -> bool:
    return name.strip("/") in assignment.name


def _exercises(cells: list[dict[str, Any]]) -> list[Exercise]:
    """Each check with the last answer and the last title above it."""
    found, title, answer = [], "", ""
    for cell in cells:
        words = cell["metadata"].get("nbgrader", {})
        heading = re.search(r"^## (?:\d+\. )?([^·\n]+)", "".join(cell["source"]), re.MULTILINE)
        if cell["cell_type"] == "markdown" and heading:
            title = heading[1].strip()
        if words.get("solution"):
            answer = words["grade_id"]
        if words.get("grade"):
            found.append(Exercise(answer, words["grade_id"], title, float(words["points"])))
    return found
