"""A cell is compiled: to a program that was built before, to a new one, or to Go's errors."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from . import cache, crash, toolchain
from .child import keep
from .limits import Ended, Limits
from .packages import path_of
from .result import GoResult, Place, Report, Stack
from .source import FILE, Cell, Rejected, program
from .tracer import TRACER, TRACER_FILE, tracing

LONGEST_BUILD = 600.0  # seconds
SETTINGS = ("GOEXPERIMENT", "GOAMD64", "GOARM64", "CC")  # that change what is built
LEAST_ROOM = 8 << 20  # bytes
BESIDE_FILE = "gochan_beside_test.go"
TRIES = 3  # with what the compiler said about the imports that were guessed
FULL = "the disk is full: there is no room left to build the program"
NO_COMPILER = (
    "the race detector needs a C compiler, and there is no {compiler} here: install one "
    "(Debian: apt install gcc), or run without --race"
)
_UNUSED = re.compile(r'"([^"]+)" imported (?:as \w+ )?and not used')
_DECLARED = re.compile(r'already declared through import of package \w+ \("([^"]+)"\)')
_UNDEFINED = re.compile(r": undefined: (\w+)$", re.MULTILINE)


@dataclass(frozen=True)
class Built:
    """A program, or how building it failed; sentences about it, and what `go vet` found."""

    path: Path | None = None
    failed: GoResult | None = None
    notes: tuple[str, ...] = ()
    vet: tuple[Place, ...] = ()


@dataclass
class Build:
    """Compiles one cell.

    `benchmarks`: to a program that runs the cell's benchmarks; `traced`: to one that writes its
    execution trace to the file that TRACE_FILE names; `beside`: the text of another file of the
    package, which knows how to measure. `on_wait` is called now and then
    while Go compiles.
    """

    go: str
    cell: Cell
    race: bool = False
    benchmarks: bool = False
    traced: bool = False
    beside: str = ""
    on_wait: Callable[[], None] | None = None
    _imports: dict[str, str] = field(default_factory=dict)

    def run(self, *, vet: bool = False) -> Built:
        """Compiles the cell, unless that was done before.

        Raises OSError if the temporary folder can't be used.
        """
        folder, note = cache.folder(self.go)
        notes = (note,) if note else ()
        try:
            self._check_compiler()
            self._imports = self.cell.missing()
            path, said = cache.program(folder, self._key(), lambda path: self._to(path, folder))
            if path is None:
                return Built(failed=self._failed(said), notes=notes)
            return Built(path, notes=notes, vet=self._vet(folder) if vet else ())
        except Rejected as error:
            return Built(failed=self._rejected(error), notes=notes)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            return Built(failed=self._result("failed", FULL), notes=notes)

    def _check_compiler(self) -> None:
        if self.race and sys.platform != "darwin":
            compiler = cache.compiler(self.go)
            if shutil.which(compiler.split()[0]) is None:
                raise Rejected(NO_COMPILER.format(compiler=compiler), 0)

    def _key(self) -> str:
        """The same for the same program, compiled in the same way by the same Go."""
        settings = [os.environ.get(name) for name in SETTINGS]
        how = self.race, self.benchmarks, self.traced, self.beside
        facts = (cache.version(self.go), self.go, settings, how, self._text())
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]

    def _text(self) -> str:
        text = program(self.cell, set(self._imports.values()), test=self.benchmarks)
        return tracing(text) if self.traced else text

    def _to(self, path: Path, folder: Path) -> tuple[bool, str]:
        """Whether the program could be built, and what the compiler said."""
        command = ["test", "-c"] if self.benchmarks else ["build"]
        command += ["-race"] if self.race else []
        ended, said = self._go([*command, "-trimpath", "-ldflags=-s -w", "-o", str(path)], folder)
        return ended.code == 0 and path.exists(), said

    def _vet(self, folder: Path) -> tuple[Place, ...]:
        return crash.compile_errors(self._go(["vet"], folder)[1])

    def _go(self, arguments: list[str], folder: Path) -> tuple[Ended, str]:
        """Calls go with the cell, again if it was wrong about the imports: the end, and its words.

        The compiler knows which names are packages' and which are variables'.
        """
        environment = toolchain.environment(
            GOCACHE=str(folder), CGO_ENABLED="1" if self.race else "0", GOOS="", GOARCH=""
        )
        with tempfile.TemporaryDirectory(prefix="gochan-cell-") as name:
            file = Path(name) / (FILE.replace(".go", "_test.go") if self.benchmarks else FILE)
            names = [file.name]
            if self.traced:
                (Path(name) / TRACER_FILE).write_text(TRACER, encoding="utf-8")
                names.append(TRACER_FILE)
            if self.beside:
                (Path(name) / BESIDE_FILE).write_text(self.beside, encoding="utf-8")
                names.append(BESIDE_FILE)
            for _ in range(TRIES):
                file.write_text(self._text(), encoding="utf-8")
                said: list[str] = []
                ended = keep(
                    [self.go, *arguments, *names],
                    Limits(LONGEST_BUILD),
                    environment=environment,
                    on_text=said.append,
                    on_wait=self.on_wait,
                    folder=Path(name),
                )
                if ended.code == 0 or not self._mend("".join(said)):
                    break
        return ended, "".join(said)

    def _mend(self, said: str) -> bool:
        """Takes the imports away that are wrong, adds those that are missing: whether it did."""
        before = dict(self._imports)
        wrong = {*_UNUSED.findall(said), *_DECLARED.findall(said)}
        own = self.cell.imported
        self._imports = {name: path for name, path in before.items() if path not in wrong}
        for name in _UNDEFINED.findall(said):
            path = path_of(name)
            if path is not None and name not in own and path not in wrong:
                self._imports[name] = path
        return self._imports != before

    def _is_full(self, said: str) -> bool:
        """Whether it failed for want of room; Go doesn't always say so."""
        places = (cache.folder(self.go)[0], Path(tempfile.gettempdir()))
        free = min(shutil.disk_usage(place).free for place in places)
        return "no space left on device" in said or free < LEAST_ROOM

    def _result(self, kind: str, message: str, report: Report | None = None) -> GoResult:
        return GoResult(kind, message=message, report=report, go=cache.version(self.go))

    def _rejected(self, error: Rejected) -> GoResult:
        if not error.line:
            return self._result("failed", str(error))
        places = (Place(error.line),)
        return self._result("compile", str(error), Report(str(error), (Stack("", places),)))

    def _failed(self, said: str) -> GoResult:
        last_line = self.cell.text.count("\n") + 1
        places = tuple(
            Place(min(place.line, last_line), place.column, place.text)
            for place in crash.compile_errors(said)
        )
        if places:
            number = len(places)
            message = f"it doesn't compile: {number} error{'s' if number != 1 else ''}"
            return self._result("compile", message, Report(message, (Stack("", places),), said))
        if self._is_full(said):
            return self._result("failed", FULL, Report(FULL, text=said))
        lines = [line for line in said.splitlines() if line and not line.startswith("#")]
        message = lines[-1] if lines else "go build ended without a word"
        kind = "compile" if "cell.go" in message else "failed"
        return self._result(kind, message, Report(message, text=said))
