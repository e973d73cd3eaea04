"""Every notebook runs from top to bottom, is stored clean, and keeps the house rules."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from lesson_rules import broken_rules
from nbclient import NotebookClient

pytestmark = pytest.mark.long

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
LESSONS = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
INDEX = NOTEBOOKS / "index.ipynb"  # holds no program
RUN = sorted(path for path in NOTEBOOKS.glob("*.ipynb") if path != INDEX)
# The students' exercises fail until somebody has done them; test_grading runs them.
EXERCISES = sorted(NOTEBOOKS.glob("exercises/*/*.ipynb"))
ALL = [INDEX, *RUN, *EXERCISES, *sorted(NOTEBOOKS.glob("teacher/source/*/*.ipynb"))]

MOST_WORDS, MOST_LINES = 130, 20


def read(path):
    return nbformat.read(path, as_version=4)


def prose(cell):
    """A cell's words, without code and tables."""
    text = re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL)
    return [word for line in text.splitlines() if not line.startswith("|") for word in line.split()]


def test_there_is_a_lesson():
    assert LESSONS


@pytest.fixture(scope="module", params=RUN, ids=lambda path: path.stem)
def executed(request):
    notebook = read(request.param)
    begun = time.monotonic()
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(NOTEBOOKS)}}).execute()
    notebook.took = f"{request.param.stem} runs in {time.monotonic() - begun:.1f} s without a page"
    return notebook


def test_it_runs_without_errors_and_says_nothing_on_stderr(executed, tell):
    tell(executed.took)
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    assert [output for output in outputs if output.output_type == "error"] == []
    assert [output for output in outputs if output.get("name") == "stderr"] == []


def test_every_picture_has_alt_text(executed):
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                assert len(output.metadata["image/png"]["alt"]) > 20


def test_the_first_picture_comes_within_the_first_three_cells(executed):
    shown = [output for cell in executed.cells[:3] for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) for output in shown)


def test_all_are_stored_without_outputs():
    """One process for all: it takes longer to start than to look at them."""
    command = [sys.executable, "-m", "nbstripout", "--verify", "--keep-id"]
    command += ["--extra-keys", "metadata.language_info", *map(str, ALL)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_the_code_of_a_prediction_is_folded_since_it_holds_the_answer(path):
    predictions = [cell for cell in read(path).cells if re.search(r"\bpredict\(", cell.source)]
    folded = [cell.metadata.get("jupyter", {}).get("source_hidden") for cell in predictions]
    assert all(folded)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_has_25_to_45_cells_of_readable_length(path):
    cells = read(path).cells
    assert 25 <= len(cells) <= 45
    for number, cell in enumerate(cells):
        where = f"cell {number} ({cell.id})"
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= MOST_LINES, where
        else:
            assert len(prose(cell)) <= MOST_WORDS, where


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_has_all_its_parts(path):
    assert broken_rules(path) == []


@pytest.mark.parametrize("path", [INDEX, *RUN, *EXERCISES], ids=lambda path: path.stem)
def test_every_link_leads_somewhere(path):
    for cell in read(path).cells:
        if cell.cell_type != "markdown":
            continue
        text_only = re.sub(r"```.*?```|`[^`]*`", "", cell.source, flags=re.DOTALL)
        for picture, text, target in re.findall(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)", text_only):
            if not target.startswith(("http", "#", "attachment:")):
                assert (path.parent / target.partition("#")[0]).exists(), target
            assert text.strip() or not picture


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_closes_with_its_two_questions(path):
    ending = "\n".join(cell.source for cell in read(path).cells[-4:])
    assert "will proceed" in ending
    assert "will exit" in ending
