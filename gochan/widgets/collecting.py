"""What a class predicted, read from the saved notebooks of a folder; nothing runs."""

from __future__ import annotations

import html
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from IPython.display import display

from ..charts.guesses import Predicted
from ..charts.guesses import predictions as draw
from .records import MIME, VERSION, marked_up

KINDS = ("choice", "number", "order")


class Learner(NamedTuple):
    """One learner: the commitments in the notebooks, and the newest record of each question."""

    commitments: set[str]
    records: dict[str, dict[str, Any]]


class Predictions(Mapping[str, Predicted]):
    """What was predicted, by the names of the questions, in the order of the notebooks.

    `learners` is how many there are, `copies` how many notebooks were a second copy of one's work,
    `empty` how many hold no prediction, and `skipped` says, a sentence each, what couldn't be read.
    """

    def __init__(
        self, learners: list[Learner], copies: int, empty: int, skipped: list[str]
    ) -> None:
        self.learners = len(learners)
        self.copies = copies
        self.empty = empty
        self.skipped = tuple(skipped)
        names = dict.fromkeys(name for learner in learners for name in learner.records)
        self._questions = {
            name: _counted([one.records[name] for one in learners if name in one.records])
            for name in names
        }

    def __getitem__(self, name: str) -> Predicted:
        return self._questions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._questions)

    def __len__(self) -> int:
        return len(self._questions)

    def text(self) -> str:
        """All of it in words: how many predicted what, and what was left out."""
        return "\n".join([self.summary(), *map(_words, self.values()), *self.skipped])

    def summary(self) -> str:
        """`23 learners, 4 questions; 2 copies counted once; 1 notebook without predictions`."""
        parts = [f"{_many(self.learners, 'learner')}, {_many(len(self), 'question')}"]
        if self.copies:
            parts.append(f"{_many(self.copies, 'second copy', 'second copies')} counted once")
        if self.empty:
            parts.append(f"{_many(self.empty, 'notebook')} without predictions")
        if self.skipped:
            parts.append(f"{_many(len(self.skipped), 'notebook')} left out")
        return "; ".join(parts)

    def __repr__(self) -> str:
        return f"<Predictions {self.summary()}>"

    def _ipython_display_(self) -> None:
        """The summary and a chart of each question."""
        lines = [self.summary(), *self.skipped]
        shown = "".join(f"<div>{html.escape(line)}</div>" for line in lines)
        display({"text/html": shown, "text/plain": "\n".join(lines)}, raw=True)
        for predicted in self.values():
            title = f"<div><b>{marked_up(predicted.question)}</b></div>"
            display({"text/html": title, "text/plain": predicted.question}, raw=True)
            display(draw(predicted).figure)


def predictions(folder: str | Path) -> Predictions:
    """Reads what was predicted from all notebooks below a folder, one for each learner.

    As the last line of a cell it shows a chart of each question; at a terminal:

        python -c "from gochan.widgets import predictions; print(predictions('submitted').text())"

    Notebooks count as they were saved; nothing is run. Hidden folders (such as those of
    checkpoints) are passed over. Notebooks that hold the same commitment are copies of one
    learner's work, and the newest counts. What can't be read is left out, and `skipped` says why.

    Parameters
    ----------
    folder
        The folder, with subfolders of any depth, such as nbgrader's `submitted`.

    Returns a mapping from the name of each question to a `Predicted`, whose `counts` is a Counter.

    Raises NotADirectoryError if there is no such folder.
    """
    root = Path(folder)
    if not root.is_dir():
        raise NotADirectoryError(f"predictions reads a folder of notebooks, and {root} is none")
    skipped: list[str] = []
    found: list[tuple[float, dict[str, dict[str, Any]]]] = []
    empty = 0
    for path in _notebooks(root):
        try:
            records = _records(path)
            age = path.stat().st_mtime
        except (OSError, ValueError) as error:
            skipped.append(f"{path.relative_to(root)} was left out: {_why(error)}")
            continue
        empty += not records
        if records:
            found.append((age, records))
    learners = _learners([records for _, records in sorted(found, key=lambda one: -one[0])])
    return Predictions(learners, len(found) - len(learners), empty, skipped)


def _notebooks(root: Path) -> list[Path]:
    return [
        path
        for path in sorted(root.rglob("*.ipynb"))
        if not any(part.startswith(".") for part in path.relative_to(root).parts)
    ]


def _records(path: Path) -> dict[str, dict[str, Any]]:
    """The records of a notebook by name; of two with one name the later one that is committed."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise ValueError("it is no notebook of format 4")  # noqa: TRY004 - the file's fault
    records: dict[str, dict[str, Any]] = {}
    for record in _raw_records(cells):
        _check(record)
        name = record["name"]
        if name not in records or record["predicted"] is not None:
            records[name] = record
    return records


def _raw_records(cells: list[Any]) -> Iterator[Any]:
    for cell in cells:
        for output in (cell.get("outputs") or []) if isinstance(cell, dict) else []:
            data = output.get("data") if isinstance(output, dict) else None
            if isinstance(data, dict) and MIME in data:
                yield data[MIME]


def _check(record: Any) -> None:
    """Raises ValueError for a record that `predict` didn't write."""
    version = record.get("version") if isinstance(record, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise ValueError("its predictions were made with a newer gochan")
    is_whole = (
        version == VERSION
        and isinstance(record.get("name"), str)
        and isinstance(record.get("question"), str)
        and record.get("kind") in KINDS
        and _are_texts(record.get("options"))
        and isinstance(record.get("right"), list)
        and all(_fits(record["kind"], one) for one in record["right"])
        and _is_finite(record.get("tolerance"))
        and isinstance(record.get("commitment"), str)
        and (record.get("predicted") is None or _fits(record["kind"], record["predicted"]))
    )
    if not is_whole:
        raise ValueError("a prediction in it was damaged")


def _fits(kind: str, value: Any) -> bool:
    if kind == "number":
        return _is_finite(value)
    return _are_texts(value) if kind == "order" else isinstance(value, str)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_finite(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return f"it can't be read ({error.strerror})"
    if isinstance(error, (json.JSONDecodeError, UnicodeDecodeError)):
        return "it is no notebook, or was cut off"
    return str(error)


def _learners(notebooks: list[dict[str, dict[str, Any]]]) -> list[Learner]:
    """Joins notebooks that share a commitment; they come newest first."""
    learners: list[Learner] = []
    for records in notebooks:
        mine = Learner({r["commitment"] for r in records.values() if r["commitment"]}, records)
        same = [one for one in learners if one.commitments & mine.commitments]
        learners = [one for one in learners if one not in same]
        learners.append(_joined([*same, mine]))
    return learners


def _joined(copies: list[Learner]) -> Learner:
    """One learner of several copies: the first that was committed counts."""
    records: dict[str, dict[str, Any]] = {}
    for copy in copies:
        for name, record in copy.records.items():
            if name not in records or records[name]["predicted"] is None:
                records[name] = record
    return Learner(set().union(*(copy.commitments for copy in copies)), records)


def _counted(records: list[dict[str, Any]]) -> Predicted:
    """The records of one question, the newest first, which says how it is worded."""
    newest = records[0]
    given = [_frozen(one["predicted"]) for one in records if one["predicted"] is not None]
    return Predicted(
        newest["name"],
        newest["question"],
        newest["kind"],
        tuple(newest["options"]),
        tuple(map(_frozen, newest["right"])),
        newest["tolerance"],
        Counter(given),
        len(records) - len(given),
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _words(predicted: Predicted) -> str:
    lines = [f"\n{predicted.question}"]
    lines += [
        f"{row.learners:6,}  {row.text}{'  (right)' if row.is_right else ''}"
        for row in predicted.rows()
    ]
    if predicted.waiting:
        lines.append(f"{predicted.waiting:6,}  not committed")
    return "\n".join(lines)


def _many(count: int, noun: str, several: str = "") -> str:
    return f"{count:,} {noun if count == 1 else several or noun + 's'}"
