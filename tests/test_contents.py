"""The tables of contents: what is written from which lesson, and that what is stored is that."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gochan import contents
from gochan.contents.lesson import read
from gochan.contents.pages import linked, pages

ROOT = Path(__file__).parent.parent
OVERVIEW = """Each lane is a goroutine.

**You will be able to**
- say who waits;
- say why.

**Time:** about 35 minutes. **Level:** core.

**You should know:** nothing."""
README = """# gochan

<!-- lessons: python -m gochan.contents -->
<!-- end of lessons -->

More."""


def write_notebook(path, *cells):
    """Cells are texts, or an id and a text."""
    made = []
    for number, cell in enumerate(cells):
        name, text = cell if isinstance(cell, tuple) else (f"cell-{number}", cell)
        made.append(
            {
                "cell_type": "markdown",
                "id": name,
                "metadata": {},
                "source": text.splitlines(keepends=True),
            }
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")


def write_lesson(folder, stem="03_select", title="# 03 Select\n\nWhy?", overview=OVERVIEW, last=""):
    path = folder / "notebooks" / f"{stem}.ipynb"
    write_notebook(path, title, "imports", "program", overview, last)
    return path


def write_exercises(folder, stem, *points):
    path = folder / "notebooks" / "exercises" / stem / f"{stem[:2]}_exercises.ipynb"
    write_notebook(path, *("task" for _ in points))
    data = json.loads(path.read_text())
    for cell, worth in zip(data["cells"], points, strict=True):
        cell["metadata"]["nbgrader"] = {"grade": worth > 0, "points": worth}
    path.write_text(json.dumps(data))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "README.md").write_text(README)
    cells = [("front", "Begin with 03 Select."), ("lessons", ""), ("paths", ""), ("teachers", "T")]
    write_notebook(tmp_path / "notebooks" / "index.ipynb", *cells)
    return tmp_path


def texts(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells}


def test_what_is_stored_is_what_the_lessons_say():
    stale = [path.name for path, text in pages(ROOT) if path.read_text("utf-8") != text]
    assert stale == [], "run: python -m gochan.contents"


def test_the_command_writes_the_stored_pages_from_the_lessons_alone(tmp_path):
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    readme = (ROOT / "README.md").read_text("utf-8")
    emptied = re.sub(r"(<!-- lessons.*?-->).*?(<!-- end)", r"\1\2", readme, flags=re.DOTALL)
    assert emptied != readme
    (tmp_path / "README.md").write_text(emptied, encoding="utf-8")
    command = [sys.executable, "-m", "gochan.contents", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == f"{tmp_path / 'README.md'}\n"
    assert (tmp_path / "README.md").read_text("utf-8") == readme
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "Nothing has changed.\n"


def test_a_lesson_is_read_from_its_title_and_its_overview(folder):
    path = write_lesson(folder)
    write_exercises(folder, "03_select", 2, 0, 3, 4)
    lesson = read(path)
    assert (lesson.title, lesson.number) == ("03 Select", "03")
    assert lesson.abilities == ("say who waits", "say why")
    assert (lesson.minutes, lesson.level) == (35, "core")
    assert (lesson.exercises.count, lesson.exercises.points) == (3, 9)
    assert lesson.notes is None


def test_the_tables_link_lessons_exercises_and_notes_as_each_page_needs_it(folder):
    write_lesson(folder)
    write_exercises(folder, "03_select", 2, 3)
    notes = folder / "notebooks" / "teacher" / "03_select.md"
    notes.parent.mkdir()
    notes.write_text("# Notes")
    changed = contents.write(folder)
    assert [path.name for path in changed] == ["README.md", "index.ipynb", "03_select.ipynb"]
    row = (
        "| **[03 Select]({0}03_select.ipynb)** | • say who waits<br>• say why | 35&nbsp;min | core "
        "| [2&nbsp;(5&nbsp;points)]({0}exercises/03_select/03_exercises.ipynb) |"
    )
    assert row.format("notebooks/") in (folder / "README.md").read_text()
    index = texts(folder / "notebooks" / "index.ipynb")
    assert index["lessons"].splitlines()[2] == row.format("")
    assert index["front"] == "Begin with [03 Select](03_select.ipynb)."
    assert index["teachers"] == "T\n\n**Notes:** [03 Select](teacher/03_select.md)"
    assert contents.write(folder) == []


def test_a_link_to_a_lesson_comes_and_goes_with_it(folder):
    write_lesson(folder)
    found = contents.lessons(folder / "notebooks")
    line = "[← 02 Old](02_old.ipynb) · [Contents](index.ipynb) · 03 Select →"
    now = "← 02 Old · [Contents](index.ipynb) · [03 Select →](03_select.ipynb)"
    assert linked(line, found) == now
    assert linked(now, found) == now
    assert linked("03 Selection, 3 Select", found) == "03 Selection, 3 Select"


def test_the_last_cell_of_a_lesson_is_linked_and_no_other(folder):
    path = write_lesson(folder, last="[Contents](index.ipynb) · 03 Select →")
    contents.write(folder)
    cells = texts(path)
    assert cells["cell-0"] == "# 03 Select\n\nWhy?"
    assert cells["cell-4"] == "[Contents](index.ipynb) · [03 Select →](03_select.ipynb)"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"overview": OVERVIEW.replace("**Time:**", "Time:")}, "cell 3: there is no line `**Time:"),
        ({"overview": OVERVIEW.replace(" **Level:** core.", "")}, "cell 3: there is no line `**T"),
        ({"overview": OVERVIEW.replace("core", "hard")}, "cell 3: 'hard' is no level: first steps"),
        ({"overview": OVERVIEW.replace("**You will", "You will")}, "`**You will be able to**`"),
        ({"title": "# Select\n"}, "cell 0: there is no line `# 03 Title`"),
        ({"title": "# 04 Select\n"}, "cell 0: the title says 04, the file 03"),
    ],
)
def test_what_a_lesson_lacks_is_told_with_its_file_and_cell(folder, changes, words):
    path = write_lesson(folder, **changes)
    before = (folder / "README.md").read_text()
    with pytest.raises(contents.BadPage) as caught:
        contents.write(folder)
    assert str(caught.value).startswith(f"{path}, cell ")
    assert words in str(caught.value)
    assert (folder / "README.md").read_text() == before


def test_a_lesson_with_too_few_cells_and_a_file_that_is_no_notebook_are_told(folder):
    path = folder / "notebooks" / "03_select.ipynb"
    write_notebook(path, "# 03 Select\n")
    with pytest.raises(contents.BadPage, match="cell 3: there is no line"):
        contents.write(folder)
    for text in ["", "[]", "{}", '{"cells": 1}']:
        path.write_text(text)
        with pytest.raises(contents.BadPage, match=r"03_select\.ipynb is no notebook"):
            contents.write(folder)


def test_pages_without_a_place_for_the_lessons_are_told(folder):
    with pytest.raises(contents.BadPage, match="there is no lesson in"):
        contents.write(folder)
    write_lesson(folder)
    (folder / "README.md").write_text("# gochan")
    with pytest.raises(contents.BadPage, match=r"README\.md: the table of lessons goes between"):
        contents.write(folder)
    (folder / "README.md").write_text(README)
    write_notebook(folder / "notebooks" / "index.ipynb", "no cell of that name")
    with pytest.raises(contents.BadPage, match=r"index\.ipynb: there is no cell .* 'lessons'"):
        contents.write(folder)


def test_the_command_tells_a_bad_lesson_in_one_line(folder):
    path = write_lesson(folder, title="# Select\n")
    command = [sys.executable, "-m", "gochan.contents", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{path}, cell 0: there is no line `# 03 Title`\n"
