"""What a lesson says about itself: in its title, and in the cell below its first picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from .notebook import BadPage, Notebook

OVERVIEW = 3  # the number of the cell that says what one will be able to do
LEVELS = ("first steps", "core", "advanced")

TITLE = re.compile(r"# (\d\d) (\S.*)\n")
ABILITIES = re.compile(r"^\*\*You will be able to\*\*\n((?:- .*\n?)+)", re.MULTILINE)
TIME = re.compile(r"^\*\*Time:\*\* about (\d+) minutes\. \*\*Level:\*\* ([^.]+)\.", re.MULTILINE)


@dataclass(frozen=True)
class Exercises:
    """How many exercises a lesson has, and what they are worth together."""

    path: Path
    count: int
    points: int


@dataclass(frozen=True)
class Lesson:
    """What stands about a lesson in a table of contents.

    `title` begins with its number; `minutes` is how long it takes; `notes` are the teacher's.
    """

    path: Path
    title: str
    abilities: tuple[str, ...]
    minutes: int
    level: str
    exercises: Exercises | None
    notes: Path | None

    @property
    def number(self) -> str:
        """Its two digits."""
        return self.title[:2]


def lessons(notebooks: Path) -> list[Lesson]:
    """The lessons in a folder, in their order.

    Raises BadPage if one lacks its title, its time, its level or what it is good for.
    """
    return [read(path) for path in sorted(notebooks.glob("[0-9][0-9]_*.ipynb"))]


def read(path: Path) -> Lesson:
    """The lesson in this notebook."""
    notebook = Notebook(path)
    title = _found(TITLE, notebook, 0, f"`# {path.stem[:2]} Title`")
    if title[1] != path.stem[:2]:
        raise BadPage(f"{path}, cell 0: the title says {title[1]}, the file {path.stem[:2]}")
    abilities = _found(ABILITIES, notebook, OVERVIEW, "`**You will be able to**` and `- ` lines")
    time = _found(TIME, notebook, OVERVIEW, "`**Time:** about 35 minutes. **Level:** first steps.`")
    if time[2] not in LEVELS:
        raise BadPage(f"{path}, cell {OVERVIEW}: {time[2]!r} is no level: {', '.join(LEVELS)}")
    notes = path.parent / "teacher" / f"{path.stem}.md"
    return Lesson(
        path=path,
        title=f"{title[1]} {title[2].strip()}",
        abilities=tuple(re.findall(r"^- (.*?)[;.]?$", abilities[1], re.MULTILINE)),
        minutes=int(time[1]),
        level=time[2],
        exercises=_exercises(path),
        notes=notes if notes.exists() else None,
    )


def _found(wanted: re.Pattern[str], notebook: Notebook, cell: int, what: str) -> re.Match[str]:
    found = wanted.search(notebook.text(cell) + "\n")
    if found is None:
        raise BadPage(f"{notebook.path}, cell {cell}: there is no line {what}")
    return found


def _exercises(lesson: Path) -> Exercises | None:
    """The student's notebook of a lesson's exercises, None if there is none."""
    path = lesson.parent / "exercises" / lesson.stem / f"{lesson.stem[:2]}_exercises.ipynb"
    if not path.exists():
        return None
    marks = [cell.get("metadata", {}).get("nbgrader", {}) for cell in Notebook(path).cells]
    points = [mark.get("points", 0) for mark in marks if mark.get("grade")]
    return Exercises(path, len(points), round(sum(points)))
