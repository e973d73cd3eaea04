"""A notebook as its file holds it: cells with their ids and texts, all else as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


class BadPage(ValueError):
    """A lesson, or a page that lists them, lacks something; the text names the file and what."""


class Notebook:
    """The cells of a notebook's file.

    Raises BadPage if it is none.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._data = json.loads(path.read_text(encoding="utf-8"))
            self.cells: list[dict[str, Any]] = list(self._data["cells"])
        except (ValueError, KeyError, TypeError) as error:
            raise BadPage(f"{path} is no notebook: {error!r}") from None

    def text(self, number: int) -> str:
        """A cell's text, "" if there are not so many cells."""
        return "".join(self.cells[number]["source"]) if number < len(self.cells) else ""

    def numbers(self, *ids: str) -> list[int]:
        """The numbers of the cells with these ids."""
        return [number for number, cell in enumerate(self.cells) if cell.get("id") in ids]

    def set_text(self, number: int, text: str) -> None:
        """Gives a cell another text."""
        self.cells[number]["source"] = text.splitlines(keepends=True)

    def as_file(self) -> str:
        """What its file should hold, written as JupyterLab and nbformat write it."""
        return json.dumps(self._data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
