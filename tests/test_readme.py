"""What the README says is run and compared."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    """The fenced blocks of one language, "" for none."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    return [text for name, text in fenced if name == language]


@pytest.mark.parametrize("program", blocks("python"))
def test_a_program_prints_what_the_readme_shows(program, tmp_path):
    path = tmp_path / "program.py"
    path.write_text(program, encoding="utf-8")
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.rstrip() in [block.rstrip() for block in blocks("")]


def test_every_link_and_picture_exists_and_every_picture_has_alt_text():
    links = re.findall(r"(!?)\[([^\]]*)\]\(([^)]+)\)", README)
    assert links
    for picture, text, target in links:
        assert target.startswith("http") or (ROOT / target).exists(), target
        assert text.strip() or not picture


def test_the_index_lists_every_lesson():
    lessons = {f"notebooks/{path.name}" for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb")}
    assert lessons == set(re.findall(r"\]\((notebooks/\d\d_[^)]+)\)", README))


def test_the_table_of_rooms_names_what_is_there():
    rows = re.findall(r"^\| (`.*?) \|", README.partition("## The library")[2], re.MULTILINE)
    names = re.findall(r"`([\w/.]+)`", " ".join(rows))
    assert "runtime/" in names
    for name in names:
        assert (ROOT / "gochan" / name).exists(), name
