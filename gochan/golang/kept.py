"""Linux and macOS: a process is started by a `keeper`, which ends all of it when this one ends."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .limits import MEGABYTE, Ended, Limits, Started

KEEPER = Path(__file__).with_name("keeper.py")
LONGEST_END = 10.0  # seconds for the keeper to end everything


@contextlib.contextmanager
def start(
    command: list[str],
    limits: Limits,
    environment: dict[str, str],
    folder: Path | None,
    given: int | None = None,
) -> Iterator[Started]:
    """Starts a process, which is gone at the end of the `with`.

    `given` is the file descriptor of its standard input, None if that is empty.

    Raises OSError if its keeper can't be started.
    """
    plan = {
        "command": command,
        "timeout": limits.seconds,
        "dump": limits.dump,
        "memory": limits.memory,
        "file_size": limits.file_size,
        "input": given,
        # Go takes its heap in steps of 64 MB, and needs some for itself.
        "data_size": 0 if limits.reserves or not limits.memory else limits.memory + 256 * MEGABYTE,
    }
    with contextlib.ExitStack() as stack:
        from_keeper, to_kernel = os.pipe()
        told = stack.enter_context(open(from_keeper, "rb"))
        tell = stack.enter_context(open(to_kernel, "wb"))
        keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", str(KEEPER), json.dumps(plan), str(tell.fileno())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=[tell.fileno(), *([given] if given is not None else [])],
            start_new_session=True,
            env=environment,
            cwd=folder,
        )
        assert keeper.stdin is not None
        assert keeper.stdout is not None
        stack.callback(_let_go, keeper)
        tell.close()

        def ending() -> Ended:
            facts: dict[str, Any] = json.loads(told.read() or b"{}")
            return Ended(
                facts.get("ended", "lost"),
                facts.get("code"),
                facts.get("memory", 0),
                facts.get("others", 0),
                facts.get("error", ""),
            )

        yield keeper.stdout, ending


def _let_go(keeper: subprocess.Popen[bytes]) -> None:
    """Ends the keeper's pipe, and so everything that it keeps."""
    assert keeper.stdin is not None
    assert keeper.stdout is not None
    keeper.stdin.close()
    try:
        keeper.wait(LONGEST_END)
    except subprocess.TimeoutExpired:
        keeper.kill()
        keeper.wait()
