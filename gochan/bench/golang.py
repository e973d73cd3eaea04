"""Real Go: the works as Go's own benchmarks, compiled once and run at GOMAXPROCS=1."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from ..golang.toolchain import environment, find, why_missing
from .contender import Contender
from .work import Work

SOURCE = Path(__file__).parent / "contenders" / "works_test.go"
MODULE = "module works\n\ngo 1.22\n"


class Go(Contender):
    """Measured by benchmarks in a module of their own."""

    def missing(self) -> str | None:
        """Why it can't be measured here, None if it can."""
        return why_missing() if find() is None else None

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
        return environment(BENCH_SIZE=str(size or 0))

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
