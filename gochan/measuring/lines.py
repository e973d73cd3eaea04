"""The lines that a measuring process prints, read and checked."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

LONGEST = 10_000  # bytes of a line; a longer one is no sample
LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Sample:
    """One measurement: `seconds` for one operation of a contender."""

    contender: str
    seconds: float
    parameter: Any = None


@dataclass(frozen=True)
class Weighs:
    """How many bytes of memory a contender needs at most."""

    contender: str
    bytes: float


@dataclass(frozen=True)
class Begins:
    """It is this contender's turn for the first time; `doing` says what has to be done before."""

    contender: str
    doing: str = ""


@dataclass(frozen=True)
class Absent:
    """A contender can't be measured here: why, in a sentence. The others go on."""

    contender: str
    why: str


@dataclass(frozen=True)
class Failed:
    """A contender went wrong: a sentence, and the place in its file if there is one."""

    contender: str
    why: str
    file: str = ""
    line: int = 0


Line = Sample | Weighs | Begins | Absent | Failed


def read(line: bytes) -> Line:
    """What a line says.

    Raises ValueError, with a sentence, for one that says nothing of the kind.
    """
    try:
        told = json.loads(line)
    except ValueError:  # UnicodeDecodeError is one too
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("contender"), str):
        raise _no_sample("what is no sample", line)
    contender = told["contender"]
    if "failed" in told:
        return Failed(contender, str(told["failed"]), str(told.get("file", "")), _number(told))
    if "absent" in told:
        return Absent(contender, str(told["absent"]))
    if told.get("begins"):
        return Begins(contender, str(told.get("doing", "")))
    if "bytes" in told:
        return Weighs(contender, _positive(told["bytes"], "a weight of no possible size", line))
    if not _is_number(told.get("seconds")):
        raise _no_sample("a sample without seconds", line)
    seconds = _positive(told["seconds"], "a sample of no possible time", line)
    return Sample(contender, seconds, told.get("parameter"))


def written(line: Line) -> str:
    """The line, as a process prints it."""
    if isinstance(line, Begins):
        doing = {"doing": line.doing} if line.doing else {}
        return json.dumps({"contender": line.contender, "begins": True, **doing})
    if isinstance(line, Absent):
        return json.dumps({"contender": line.contender, "absent": line.why})
    if isinstance(line, Weighs):
        return json.dumps({"contender": line.contender, "bytes": line.bytes})
    if isinstance(line, Failed):
        place = {"file": line.file, "line": line.line} if line.file else {}
        return json.dumps({"contender": line.contender, "failed": line.why, **place})
    told = {"contender": line.contender, "parameter": line.parameter, "seconds": line.seconds}
    return json.dumps(told)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _positive(value: Any, otherwise: str, line: bytes) -> float:
    if not (_is_number(value) and math.isfinite(value) and value > 0):
        raise _no_sample(otherwise, line)
    return float(value)


def _number(told: dict[str, Any]) -> int:
    line = told.get("line")
    return line if isinstance(line, int) else 0


def _no_sample(what: str, line: bytes) -> ValueError:
    text = line.decode("utf-8", "replace").strip()
    shown = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    return ValueError(f"The process printed {what}: {shown!r}")
