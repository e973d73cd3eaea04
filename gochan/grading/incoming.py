"""The files of a folder or a .zip, with what is needed to tell whose they are."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .course import Problem

MOST_BYTES = 50_000_000
JUNK = {"__MACOSX", "Thumbs.db", "desktop.ini", "timestamp.txt"}


@dataclass(frozen=True)
class Incoming:
    """A file: its path in parts, the time it was changed, and what is in a notebook.

    `shown` is what it is called in sentences, `data` is None for files that are no notebooks.
    """

    parts: tuple[str, ...]
    when: float
    shown: str
    data: bytes | None = field(repr=False)


def incoming(path: Path) -> list[Incoming]:
    """The files below a folder or in a .zip, in the order of their names.

    Raises Problem if the path is neither.
    """
    if path.is_dir():
        files = _in_folder(path)
    elif zipfile.is_zipfile(path):
        files = _in_zip(path)
    elif path.exists():
        raise Problem(f"{path} is neither a folder nor a .zip.")
    else:
        raise Problem(f"There is no {path}.")
    return sorted(files, key=lambda one: one.parts)


def is_notebook(name: str) -> bool:
    """By its name; browsers make .ipynb.txt or .ipynb.json of .ipynb."""
    return ".ipynb" in name.lower()


def _in_folder(folder: Path) -> Iterator[Incoming]:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if _is_junk(parts) or not path.is_file():
            continue
        facts = path.stat()
        reads = is_notebook(path.name) and facts.st_size <= MOST_BYTES
        data = path.read_bytes() if reads else None
        yield Incoming(parts, facts.st_mtime, str(path), data)


def _in_zip(path: Path) -> Iterator[Incoming]:
    with zipfile.ZipFile(path) as archive:
        for one in archive.infolist():
            parts = tuple(part for part in one.filename.split("/") if part not in ("", "..", "."))
            if one.is_dir() or _is_junk(parts):
                continue
            reads = is_notebook(parts[-1]) and one.file_size <= MOST_BYTES
            data = archive.read(one) if reads else None
            when = time.mktime((*one.date_time, 0, 0, -1))
            yield Incoming(parts, when, f"{path.name}/{one.filename}", data)


def _is_junk(parts: tuple[str, ...]) -> bool:
    return any(part.startswith(".") or part in JUNK for part in parts)
