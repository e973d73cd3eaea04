"""What every lesson has, in its place. `broken_rules` names what is missing, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

LEVELS = ("first steps", "core", "advanced")
MINUTES = range(20, 46)
MOST_OF_A_RECAP = 5  # lines
FEWEST_EXERCISES = 3
FEWEST = {r"\bSeat\(": 1, r"\bPlayer\(": 1, r"\bpredict\(": 3, r"^%%go\b": 2}
FIRST = "00"  # it is about the notebooks themselves, and needs one of each only

TITLE = re.compile(r"# (\d\d) (\S.*)")
TIME = re.compile(r"^\*\*Time:\*\* about (\d+) minutes\. \*\*Level:\*\* ([^.\n]+)\.", re.MULTILINE)
ABLE = re.compile(r"^\*\*You will be able to\*\*\n+((?:- .*\n?)+)", re.MULTILINE)
RECAP = re.compile(r"^## Recap\n(.*?)^Two questions", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
TASK = re.compile(r"^## \d+\. .+ · (?:warm up|build|from production) · \d+ points", re.MULTILINE)
CONTENTS = ("Contents", "index.ipynb")


def title(path: Path) -> str:
    """The first line of a notebook, or of a page."""
    if path.suffix == ".ipynb":
        return nbformat.read(path, as_version=4).cells[0].source.partition("\n")[0]
    return path.read_text(encoding="utf-8").partition("\n")[0]


def broken_rules(path: Path) -> list[str]:
    """All that is wrong with a lesson; nothing is, if its title isn't of the form `# NN Title`."""
    found = TITLE.fullmatch(title(path))
    if found is None:
        return []
    number, name = found.groups()
    cells = nbformat.read(path, as_version=4).cells
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    return [
        *_numbered(path, number),
        *_overview(text),
        *_parts(code, number),
        *_ending(cells[-1].source),
        *_links(path, number, cells[-1].source.strip().rpartition("\n")[2]),
        *_notes(path, f"# {number} {name}: teacher's notes"),
        *_exercises(path, number, f"# {number} {name}: exercises", text),
    ]


def _numbered(path: Path, number: str) -> Iterator[str]:
    if not path.name.startswith(f"{number}_"):
        yield f"the title says {number}, the file is {path.name}"


def _overview(text: str) -> Iterator[str]:
    time = TIME.search(text)
    if time is None:
        yield "there is no `**Time:** about 35 minutes. **Level:** first steps.`"
    else:
        if int(time[1]) not in MINUTES:
            yield f"it takes {time[1]} minutes, not {MINUTES[0]} to {MINUTES[-1]}"
        if time[2] not in LEVELS:
            yield f"the level is {time[2]}, not {', '.join(LEVELS)}"
    able = ABLE.search(text)
    points = len(able[1].splitlines()) if able else 0
    if points != 3:
        yield f"`**You will be able to**` has {points} points, not 3"


def _parts(code: list[str], number: str) -> Iterator[str]:
    for pattern, fewest in FEWEST.items():
        there = sum(len(re.findall(pattern, source, re.MULTILINE)) for source in code)
        wanted = 1 if number == FIRST else fewest
        if there < wanted:
            yield f"{there} of {pattern}, at least {wanted} are wanted"


def _ending(last: str) -> Iterator[str]:
    recap = RECAP.search(last)
    lines = [line for line in recap[1].splitlines() if line.strip()] if recap else []
    if not lines:
        yield "the last cell has no `## Recap` before its two questions"
    elif len(lines) > MOST_OF_A_RECAP:
        yield f"the recap has {len(lines)} lines, at most {MOST_OF_A_RECAP} are wanted"


def _links(path: Path, number: str, line: str) -> Iterator[str]:
    """The last line leads to the lesson before, to the contents and to the next lesson."""
    links = LINK.findall(line)
    if CONTENTS not in links:
        yield "the last line has no [Contents](index.ipynb)"
        return
    at = links.index(CONTENTS)
    for near, step, words in ((links[:at], -1, "← {}"), (links[at + 1 :], 1, "{} →")):
        neighbours = sorted(path.parent.glob(f"{int(number) + step:02}_*.ipynb"))
        wanted = [(words.format(title(one).removeprefix("# ")), one.name) for one in neighbours]
        if wanted and near != wanted:
            yield f"beside [Contents] there is {near}, not {wanted}"


def _notes(path: Path, wanted: str) -> Iterator[str]:
    notes = path.parent / "teacher" / f"{path.stem}.md"
    if not notes.is_file():
        yield f"there is no {notes.name} in teacher/"
    elif title(notes) != wanted:
        yield f"the teacher's notes begin with {title(notes)!r}, not {wanted!r}"


def _exercises(path: Path, number: str, wanted: str, text: str) -> Iterator[str]:
    name = f"{path.stem}/{number}_exercises.ipynb"
    if f"](exercises/{name})" not in text:
        yield f"there is no link to exercises/{name}"
    for folder in ("exercises", "teacher/source"):
        notebook = path.parent / folder / name
        if not notebook.is_file():
            yield f"there is no {folder}/{name}"
            continue
        if title(notebook) != wanted:
            yield f"{folder}/{name} begins with {title(notebook)!r}, not {wanted!r}"
        cells = nbformat.read(notebook, as_version=4).cells
        tasks = sum(bool(TASK.search(cell.source)) for cell in cells)
        if tasks < FEWEST_EXERCISES:
            yield f"{folder}/{name} has {tasks} exercises, at least {FEWEST_EXERCISES} are wanted"
