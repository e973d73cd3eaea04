"""Who is measured: gochan in three ways, real Go, and Python's other ways to do the same."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# Takes a size, returns seconds, or several figures by name.
Measure = Callable[[int], float | dict[str, float]]


@dataclass(frozen=True)
class Contender:
    """One column of the table.

    `module` holds a dictionary `WORKS` of functions, or is None for one that isn't Python. `needs`
    is the package that must be installed, `options` go to gochan's `run`, and `cannot` says why
    there is no figure for a work, `notes` what a figure means that isn't quite the same thing.
    """

    key: str
    label: str
    module: str | None
    needs: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    cannot: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def works(self) -> dict[str, Measure]:
        """The functions that measure, by the key of their work."""
        module = importlib.import_module(f"{__name__}.{self.module}")
        return module.works(self.options)  # type: ignore[no-any-return]

    def missing(self) -> str | None:
        """Why it can't be measured here, None if it can."""
        if self.needs is None or importlib.util.find_spec(self.needs) is not None:
            return None
        return f'{self.needs} is not installed (pip install -e ".[bench]")'

    def version(self) -> str | None:
        """The version of the package, None for what comes with Python."""
        return importlib.metadata.version(self.needs) if self.needs is not None else None


NO_SELECT = "its channels can't be waited for together"
ONE_AHEAD = "Queue(1) stands for an unbuffered channel: the sender is up to one value ahead"
AHEAD = {"unbuffered": ONE_AHEAD, "pipeline": ONE_AHEAD}

GOCHAN = "gochan"
TRACE = "gochan-trace"
SEEDED = "gochan-seeded"
GO = "go"

CONTENDERS = (
    Contender(GOCHAN, "gochan", "gochan_"),
    Contender(TRACE, "gochan trace", "gochan_", options={"trace": True}),
    Contender(SEEDED, "gochan seed", "gochan_", options={"seed": 1}),
    Contender(GO, "Go", None),
    Contender(
        "gevent",
        "gevent",
        "gevent_",
        "gevent",
        notes={"select": "gevent.wait on greenlets that get, one for each channel"},
    ),
    Contender(
        "asyncio",
        "asyncio",
        "asyncio_",
        notes={**AHEAD, "select": "asyncio.wait on tasks that get, one for each queue"},
    ),
    Contender("trio", "trio", "trio_", "trio", cannot={"select": NO_SELECT}),
    Contender("anyio", "anyio", "anyio_", "anyio", cannot={"select": NO_SELECT}),
    Contender(
        "threads",
        "threads",
        "threads_",
        cannot={"select": NO_SELECT, "blocked": "100,000 threads are too many for a system"},
        notes=AHEAD,
    ),
)
BY_KEY = {contender.key: contender for contender in CONTENDERS}
PEERS = tuple(c.key for c in CONTENDERS if c.module is not None and c.module != "gochan_")
