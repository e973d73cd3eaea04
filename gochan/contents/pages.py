"""The pages that list the lessons, and the links between these."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from .lesson import Lesson, lessons
from .notebook import BadPage, Notebook

INDEX = "index.ipynb"
BEGIN, END = "<!-- lessons: python -m gochan.contents -->", "<!-- end of lessons -->"
HEAD = (
    "| lesson | you will be able to | time | level | exercises |",
    "| :-- | :-- | :-- | :-- | :-- |",
)
NOTES = "**Notes:**"
WITH_LINKS = ("front", "paths", "map")  # the ids of cells in which lessons are named


def write(folder: Path) -> list[Path]:
    """Writes what has to be written anew below the folder of the README, and returns those files.

    Raises BadPage for a lesson or a page that can't be used as it is; nothing is written then.
    """
    changed = [(path, text) for path, text in pages(folder) if path.read_text("utf-8") != text]
    for path, text in changed:
        path.write_text(text, encoding="utf-8")
    return [path for path, _ in changed]


def pages(folder: Path) -> Iterator[tuple[Path, str]]:
    """Each page that the lessons are in, and what its file should hold."""
    notebooks = folder / "notebooks"
    found = lessons(notebooks)
    if not found:
        raise BadPage(f"there is no lesson in {notebooks}")
    yield folder / "README.md", _readme(folder / "README.md", found)
    index = Notebook(notebooks / INDEX)
    _replace(index, "lessons", lambda _: table(found, notebooks))
    _replace(index, "teachers", lambda text: _teachers(text, found, notebooks))
    yield index.path, _linked_notebook(index, found)
    for lesson in found:
        yield lesson.path, _linked_notebook(Notebook(lesson.path), found)


def table(found: list[Lesson], seen_from: Path) -> str:
    """The table of lessons, with links as a page in that folder needs them."""
    return "\n".join([*HEAD, *(_row(lesson, seen_from) for lesson in found)])


def _row(lesson: Lesson, seen_from: Path) -> str:
    name = f"**{_link(lesson.title, lesson.path, seen_from)}**"
    abilities = "<br>".join(f"• {ability}" for ability in lesson.abilities)
    short = (f"{lesson.minutes} min", lesson.level, _tasks(lesson, seen_from))
    return f"| {' | '.join([name, abilities, *map(_in_one_line, short)])} |"


def _tasks(lesson: Lesson, seen_from: Path) -> str:
    exercises = lesson.exercises
    if exercises is None:
        return ""
    text = f"{exercises.count} ({exercises.points} points)"
    return _link(text, exercises.path, seen_from)


def _in_one_line(text: str) -> str:
    """So that a narrow table breaks its long column only."""
    return text.replace(" ", "&nbsp;")


def _link(text: str, path: Path, seen_from: Path) -> str:
    return f"[{text}]({path.relative_to(seen_from).as_posix()})"


def _readme(path: Path, found: list[Lesson]) -> str:
    before, begin, rest = path.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise BadPage(f"{path}: the table of lessons goes between {BEGIN} and {END}")
    return f"{before}{begin}\n\n{table(found, path.parent)}\n\n{end}{after}"


def _teachers(text: str, found: list[Lesson], notebooks: Path) -> str:
    """The words for teachers, and below them a line with a link to the notes on each lesson."""
    words = text.partition(f"\n\n{NOTES}")[0]
    notes = [_link(one.title, one.notes, notebooks) for one in found if one.notes is not None]
    return f"{words}\n\n{NOTES} {' · '.join(notes)}" if notes else words


def _replace(notebook: Notebook, cell: str, change: Callable[[str], str]) -> None:
    numbers = notebook.numbers(cell)
    if not numbers:
        raise BadPage(f"{notebook.path}: there is no cell with the id {cell!r}")
    notebook.set_text(numbers[0], change(notebook.text(numbers[0])))


def _linked_notebook(notebook: Notebook, found: list[Lesson]) -> str:
    for number in {*notebook.numbers(*WITH_LINKS), len(notebook.cells) - 1}:
        notebook.set_text(number, linked(notebook.text(number), found))
    return notebook.as_file()


def linked(text: str, found: list[Lesson]) -> str:
    """A text whose links lead to lessons that are there; those that aren't are plain words."""
    files = {lesson.path.name for lesson in found}
    pieces = re.split(r"(\[[^\]]*\]\([^)]*\))", text)  # every second one is a link
    pieces[1::2] = [_unless_missing(link, files) for link in pieces[1::2]]
    pieces[::2] = [_with_links(words, found) for words in pieces[::2]]
    return "".join(pieces)


def _unless_missing(link: str, files: set[str]) -> str:
    lesson = re.fullmatch(r"\[([^\]]*)\]\((\d\d_\w+\.ipynb)\)", link)
    return link if lesson is None or lesson[2] in files else lesson[1]


def _with_links(words: str, found: list[Lesson]) -> str:
    for lesson in found:
        name = rf"(?:← )?{re.escape(lesson.title)}(?!\w)(?: →)?"
        words = re.sub(name, rf"[\g<0>]({lesson.path.name})", words)
    return words
