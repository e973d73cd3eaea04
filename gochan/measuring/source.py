"""Where samples come from: any command that prints them, one a line.

A command prints lines of JSON to its standard output, and flushes after each:

    {"contender": "mutex", "parameter": 8, "seconds": 1.25e-07}

is a sample: how long the named contender took for one operation, in seconds (a positive number).
"parameter" may be left out. More kinds of line are for the reader's eyes:

    {"contender": "mutex", "bytes": 8192}
    {"contender": "mutex", "begins": true}
    {"contender": "mutex", "begins": true, "doing": "it is compiled ... 3 s"}
    {"contender": "mutex", "absent": "there is no oven"}
    {"contender": "mutex", "failed": "ValueError: no such bakery", "file": "bakery.py", "line": 3}

say how much memory somebody needs at most, whose turn it is, what has to be done before, who can't
be measured here while the others can, and what went wrong; after the latter the measurement is
over. What the command prints to standard error is kept, the last lines of it, and shown. It is over
when the command ends; an exit code other than 0 says that it ended badly.

The command's standard input is a pipe: `given` comes first, and its end says that the process that
started it is gone. A command that doesn't read it is killed at the latest when a reader stops it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Command:
    """What to start: the program and its arguments, and what it is given on standard input.

    `environment` is the whole environment, None for this process's own.
    """

    arguments: Sequence[str]
    given: bytes = b""
    environment: Mapping[str, str] | None = None


class Source(Protocol):
    """Knows its contenders, and the command that measures them."""

    @property
    def contenders(self) -> Sequence[str]:
        """Their names, in the order in which they are shown."""

    @property
    def what(self) -> str:
        """What a sample is, such as `time per call`."""

    def check(self, parameters: Mapping[str, Any]) -> None:
        """Raises TypeError unless the contenders take parameters of these names."""

    def default(self, parameter: str) -> Any:
        """The value that the contenders give a parameter themselves; `inspect`'s empty if none."""

    def command(self, values: Mapping[str, Any], seconds: float) -> Command:
        """The command that measures for about so many seconds with these parameters.

        Raises TypeError for what can't be sent to another process.
        """
