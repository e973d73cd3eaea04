"""What the Go cells of the notebooks printed once, for those who have no Go.

Each notebook with `%%go` cells has a file `recorded/NAME.json` beside it. A cell is found by what
it says: whoever changes it is told that its output isn't recorded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..trace.trace import Trace
from .benching import BenchmarkFailed, Row, bench
from .cache import version
from .options import CellOptions, parse
from .result import GoResult
from .running import find as find_go
from .running import run
from .tracing import traced

FOLDER = "recorded"
MAGIC = "%%go"
REPEATS = 5  # runs that have to print the same, for an output that can be expected again
UP = 2  # folders above the current one that are looked through too


@dataclass(frozen=True)
class GoCell:
    """A `%%go` cell of a notebook: its id, its options and its program."""

    id: str
    options: CellOptions
    program: str

    @property
    def key(self) -> str:
        """By which its recording is found."""
        return key(self.program, self.options)


@dataclass(frozen=True)
class Recording:
    """What a cell came to: its result, the rows of its benchmarks, or its trace.

    `repeats` tells whether several runs printed the same.
    """

    result: GoResult
    rows: tuple[Row, ...] = ()
    trace: Trace | None = None
    repeats: bool = True


def key(program: str, options: CellOptions) -> str:
    """The same for programs that differ only in blank ends."""
    lines = [line.rstrip() for line in program.strip().splitlines()]
    text = "\n".join([options.text(), *lines])
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]


def numbered(program: str) -> str:
    """The program with its lines numbered as in its cell, where `%%go` is the first."""
    return "\n" + program


def go_cells(notebook: Path) -> Iterator[GoCell]:
    """The `%%go` cells of a notebook.

    Raises BadInput for one whose options can't be meant.
    """
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        first, _, program = "".join(cell["source"]).partition("\n")
        if cell["cell_type"] == "code" and first.split()[:1] == [MAGIC]:
            yield GoCell(cell.get("id", ""), parse(first.removeprefix(MAGIC)), program)


def record(cell: GoCell) -> Recording:
    """Runs a cell several times, or its benchmarks once."""
    if cell.options.bench:
        rows: list[Row] = []
        result = run_bench(cell.program, cell.options, on_line=rows.append)
        return Recording(result, tuple(rows), repeats=False)
    if cell.options.trace:
        trace, result = run_traced(cell.program, cell.options)
        return Recording(result, trace=trace, repeats=False)
    if cell.options.times > 1:
        return Recording(run_program(cell.program, cell.options), repeats=False)
    results = [run_program(cell.program, cell.options) for _ in range(REPEATS)]
    ends = {(one.kind, one.output, one.message) for one in results}
    return Recording(replace(results[0], seconds=0.0), repeats=len(ends) == 1)


def run_program(program: str, options: CellOptions, **more: Any) -> GoResult:
    """`run` with the options of a cell."""
    return run(
        numbered(program),
        timeout=options.timeout if options.timeout is not None else 10.0,
        race=options.race,
        vet=options.vet,
        env=options.env,
        times=options.times,
        **more,
    )


def run_traced(program: str, options: CellOptions, **more: Any) -> tuple[Trace | None, GoResult]:
    """`trace` with the options of a cell."""
    if options.timeout is not None:
        more["timeout"] = options.timeout
    return traced(numbered(program), env=options.env, **more)


def run_bench(program: str, options: CellOptions, **more: Any) -> GoResult:
    """`bench` with the options of a cell; its failure is a result too."""
    if options.timeout is not None:
        more["timeout"] = options.timeout
    try:
        bench(
            numbered(program),
            cpu=options.cpu,
            count=options.count,
            benchtime=options.benchtime,
            race=options.race,
            env=options.env,
            **more,
        )
    except BenchmarkFailed as failure:
        return failure.result
    return GoResult("ok", exit=0, go=version(find_go()))


def file_of(notebook: Path) -> Path:
    """Where a notebook's recordings are."""
    return notebook.parent / FOLDER / f"{notebook.stem}.json"


def write(notebook: Path) -> int:
    """Records all Go cells of a notebook anew: how many these are."""
    cells = list(go_cells(notebook))
    file = file_of(notebook)
    if not cells:
        file.unlink(missing_ok=True)
        return 0
    found = {cell.key: {"cell": cell.id, **_to_dict(record(cell))} for cell in cells}
    file.parent.mkdir(exist_ok=True)
    text = json.dumps(found, indent=1, ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8")
    return len(cells)


def read(file: Path) -> dict[str, Recording]:
    """The recordings in a file, by their keys."""
    found = json.loads(file.read_text(encoding="utf-8"))
    return {name: _from_dict(data) for name, data in found.items()}


def find(program: str, options: CellOptions, folder: Path | None = None) -> Recording | None:
    """The recording of a cell, None if there is none.

    It is looked for beside the notebook, which is in the current folder, and somewhat above.
    """
    here = (folder if folder is not None else Path.cwd()).resolve()
    wanted = key(program, options)
    for place in (here, *list(here.parents)[:UP]):
        for file in sorted((place / FOLDER).glob("*.json")):
            try:
                found = read(file).get(wanted)
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue  # it is not one of ours
            if found is not None:
                return found
    return None


def _to_dict(recording: Recording) -> dict[str, Any]:
    """What differs from the usual, so that a change is easy to see in a file."""
    usual = GoResult("").to_dict()
    whole = recording.result.to_dict()
    result = {name: value for name, value in whole.items() if value != usual[name]}
    data: dict[str, Any] = {"repeats": recording.repeats, "result": result}
    if recording.rows:
        data["rows"] = list(recording.rows)
    if recording.trace is not None:
        data["trace"] = recording.trace.to_json()
    return data


def _from_dict(data: dict[str, Any]) -> Recording:
    result = GoResult.from_dict(data["result"])
    trace = Trace.from_json(data["trace"]) if "trace" in data else None
    return Recording(result, tuple(data.get("rows", ())), trace, data["repeats"])
