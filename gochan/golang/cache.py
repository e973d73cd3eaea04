"""Where Go keeps what it has compiled, and where we keep the programs built from cells.

Both are in one folder, Go's own cache if it can be written to. A program that was built before is
not built again: Go would link it anew each time, which takes longer than most programs run.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from . import toolchain

MOST_PROGRAMS = 40  # of about 2 MB each
NAME = "gochan-programs"


@functools.lru_cache
def go_variables(go: str, _setting: str | None) -> tuple[str, str, str]:
    """Go's own words for its version, its cache and its C compiler."""
    done = subprocess.run(
        [go, "env", "GOVERSION", "GOCACHE", "CC"],
        capture_output=True,
        text=True,
        env=toolchain.environment(),
        check=False,
        timeout=60,
    )
    version, folder, compiler = [*done.stdout.splitlines(), "", "", ""][:3]
    return version, folder, compiler


def version(go: str) -> str:
    """Such as `go1.27.3`."""
    return go_variables(go, os.environ.get("GOCACHE"))[0]


def compiler(go: str) -> str:
    """The C compiler that Go would call, such as `gcc`."""
    return go_variables(go, os.environ.get("GOCACHE"))[2] or "gcc"


def folder(go: str) -> tuple[Path, str]:
    """The folder for what is compiled, and a sentence if it is not the usual one, else ""."""
    usual = go_variables(go, os.environ.get("GOCACHE"))[1]
    if usual and usual != "off" and _can_write(usual):
        return Path(usual), ""
    where = f"Go's cache folder {usual}" if usual and usual != "off" else "Go's cache folder"
    return _temporary(), (
        f"{where} can't be written to: what is compiled is kept until this kernel ends, "
        "and the first program takes some seconds"
    )


def _can_write(name: str) -> bool:
    try:
        os.makedirs(name, exist_ok=True)
        with tempfile.TemporaryFile(dir=name):
            return True
    except OSError:
        return False


@functools.lru_cache
def _temporary() -> Path:
    name = tempfile.mkdtemp(prefix="gochan-go-")
    atexit.register(shutil.rmtree, name, ignore_errors=True)
    return Path(name)


Outcome = tuple[bool, str]


def program(folder: Path, key: str, build: Callable[[Path], Outcome]) -> tuple[Path | None, str]:
    """The program with this key, which `build` makes if it isn't there, and what `build` said.

    `build` is called with the path to write to, and tells whether it did. Only the programs used
    last are kept.
    """
    programs = folder / NAME
    programs.mkdir(parents=True, exist_ok=True)
    path = programs / f"{key}.exe"
    said = ""
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=programs, prefix="building-") as name:
            made = Path(name) / path.name
            done, said = build(made)
            if not done:
                return None, said
            os.replace(made, path)
    os.utime(path)
    _forget_old(programs)
    return path, said


def _forget_old(programs: Path) -> None:
    used = []
    for path in programs.glob("*.exe"):
        with contextlib.suppress(OSError):  # another kernel may forget it too
            used.append((path.stat().st_mtime, path))
    for _, path in sorted(used, reverse=True)[MOST_PROGRAMS:]:
        with contextlib.suppress(OSError):  # on Windows one that runs stays
            path.unlink()
