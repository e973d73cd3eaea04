"""Students' notebooks for the tests, written as what differs from the notebook handed out.

A file `tests/submissions/ASSIGNMENT/STUDENT.txt` begins with a sentence, then says what should come
of it: `marks: 2 0 4`, `says 2: words of check 2`, `remarks: some; others`. Then come the cells:
`%% ID` and what stands in it now, `%% below ID` and a new cell, `%% ID deleted`,
`%% ID tagged TAG`; `%% all deleted` and `%% all stripped`, which takes the cells' metadata away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

SUBMISSIONS = Path(__file__).parent / "submissions"


@dataclass
class Prepared:
    """A student's work, and what should come of it."""

    student: str
    assignment: str
    marks: list[float]
    says: dict[int, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    cells: list[tuple[str, str]] = field(default_factory=list)

    def notebook(self, released):
        """The notebook, made from the one that was handed out, which is changed."""
        for where, source in self.cells:
            change(released, where.split(), source)
        return released


def prepared():
    """All submissions, in the order of their names."""
    return [read(path) for path in sorted(SUBMISSIONS.glob("*/*.txt"))]


def read(path):
    head, *cells = re.split(r"^%% ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    facts = dict(line.split(": ", 1) for line in head.splitlines()[1:] if ": " in line)
    return Prepared(
        path.stem,
        path.parent.name,
        [float(points) for points in facts["marks"].split()],
        {int(key[5:]): words for key, words in facts.items() if key.startswith("says ")},
        [words.strip() for words in facts.get("remarks", "").split(";") if words],
        [
            (where, source.strip("\n"))
            for where, _, source in (one.partition("\n") for one in cells)
        ],
    )


def change(notebook, words, source):
    cells = notebook.cells
    if words[0] == "all":
        notebook.cells = [] if words[1] == "deleted" else cells
        for cell in notebook.cells:
            cell.metadata.clear()
        return
    [place] = [place for place, cell in enumerate(cells) if cell.id in words]
    if words[0] == "below":
        cells.insert(place + 1, nbformat.v4.new_code_cell(source))
    elif words[1:] == ["deleted"]:
        del cells[place]
    elif words[1:2] == ["tagged"]:
        cells[place].metadata["tags"] = words[2:]
    else:
        cells[place].source = source
