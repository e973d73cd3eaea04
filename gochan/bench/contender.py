"""One column of the table: what a contender is asked."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .work import TABLE, Work

# Takes a size, returns seconds, or several figures by name.
Measure = Callable[[int], float | dict[str, float]]


@dataclass(frozen=True)
class Contender:
    """One that is measured by a module of `contenders/`, in a Python process of its own.

    `module` has a function `works`, which returns the functions that measure by the key of their
    work. `needs` is the package that must be installed, `options` go to gochan's `run`; `cannot`
    says for which works there is no figure, and why; `notes`, what a figure means that isn't quite
    the same thing, and `remark` what holds for all of them. Only one that is `alone` is asked for
    works outside the table.
    """

    key: str
    label: str
    module: str = ""
    needs: str | None = None
    alone: bool = False
    remark: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    cannot: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def is_asked(self, work: Work) -> bool:
        """Whether the work has a place for its figure."""
        return work.section == TABLE or self.alone

    def has_notes(self) -> bool:
        """Whether some of its cells have a mark."""
        return bool(self.cannot or self.notes)

    def missing(self) -> str | None:
        """Why it can't be measured here, None if it can."""
        if self.needs is None or importlib.util.find_spec(self.needs) is not None:
            return None
        return f'{self.needs} is not installed: pip install -e ".[bench]"'

    def version(self) -> str | None:
        """The version of the package, None for what comes with Python."""
        return importlib.metadata.version(self.needs) if self.needs is not None else None

    def prepare(self, folder: Path) -> list[str] | None:
        """A command that must have run in the folder before the first measurement."""
        return None

    def environment(self, size: int | None = None) -> dict[str, str]:
        """The environment variables of its processes; `size` is that of the program."""
        return dict(os.environ)

    def command(self, folder: Path, work: Work, quick: bool) -> list[str]:
        """The command that measures a work once."""
        command = [sys.executable, "-m", "gochan.bench", "--one", self.key, work.key]
        return [*command, "--quick"] if quick else command

    def read(self, printed: str) -> dict[str, float]:
        """The figures, by name, in what that command printed.

        Raises ValueError if there are none.
        """
        figures = json.loads(printed)
        if not isinstance(figures, dict):
            raise ValueError("not figures by name")  # noqa: TRY004 - of what was read
        return figures

    def works(self) -> dict[str, Measure]:
        """The functions that measure; called in the child."""
        module = importlib.import_module(f"{__package__}.contenders.{self.module}")
        functions: dict[str, Measure] = module.works(self.options)
        return functions
