"""The Go side: builds all programs with Go's virtual clock, runs them and reads what they wrote.

`-tags faketime` is the mode of the Go Playground: time moves only when every goroutine is blocked.
Every write to stdout or stderr then stands behind a playback header with its time.

Source: Go's runtime/time_fake.go.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from gochan.golang import toolchain

from .pairs import HERE, Pair
from .report import Line, report

START = 1_257_894_000_000_000_000  # 2009-11-10 23:00:00 UTC, when the virtual clock begins
HEADER = struct.Struct(">4sQI")  # mark, nanoseconds, length
MARK = b"\0\0PB"
MICROSECOND = 1_000
LONGEST = 20  # seconds; a program ends in milliseconds


def outputs(go: str, pairs: list[Pair]) -> dict[Pair, str]:
    """What every program does on the real Go."""
    with tempfile.TemporaryDirectory() as folder:
        binary = build(go, pairs, Path(folder))
        return {pair: run(binary, pair) for pair in pairs}


def build(go: str, pairs: list[Pair], folder: Path) -> Path:
    """Builds all programs into one, which runs the one that it is told to: the path of it.

    To link each by itself would take ten times as long, and half a gigabyte. So each becomes a
    package, and its `main` is called `Main`.
    """
    (folder / "go.mod").write_text("module conformance\n\ngo 1.25\n")
    shutil.copytree(HERE / "go_errgroup", folder / "errgroup")
    for pair in pairs:
        text = pair.file(".go").read_text()
        text = re.sub(r"(?m)^package main$", f"package {package(pair)}", text)
        (folder / package(pair)).mkdir()
        (folder / package(pair) / "program.go").write_text(
            text.replace("func main()", "func Main()")
        )
    (folder / "main.go").write_text(switch([package(pair) for pair in pairs]))
    return compiled(go, folder)


def compiled(go: str, folder: Path) -> Path:
    """Compiles the Go module in the folder, with Go's virtual clock: the path of the program."""
    command = [go, "build", "-tags=faketime", "-o", "programs", "."]
    environment = toolchain.environment()
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"go build failed:\n{done.stdout}{done.stderr}")
    return folder / "programs"


def package(pair: Pair) -> str:
    """What its Go package is called."""
    return f"{pair.group}_{pair.name}"


def switch(packages: list[str]) -> str:
    """The Go program that runs the package named by its argument."""
    imports = "".join(f'\t"conformance/{name}"\n' for name in packages)
    cases = "".join(f'\t\t"{name}": {name}.Main,\n' for name in packages)
    return f"""package main

import (
\t"os"

{imports})

func main() {{
\tmap[string]func(){{
{cases}\t}}[os.Args[1]]()
}}
"""


def run(binary: Path, pair: Pair) -> str:
    """Runs a program on one processor: its report."""
    done = subprocess.run(
        [binary, package(pair)],
        env={**os.environ, "GOMAXPROCS": "1", "GOTRACEBACK": "single"},
        capture_output=True,
        timeout=LONGEST,
        check=False,
    )
    crash = list(playback(done.stderr))
    text = "".join(text for _, text in crash)
    return report(
        list(lines(done.stdout)),
        Line(crash[0].time, as_if_alone(text, package(pair))) if crash else None,
        done.returncode,
    )


def as_if_alone(crash: str, name: str) -> str:
    """A crash with the names that the program's functions would have as a program of its own."""
    crash = crash.replace("\nmain.main(", "\nswitch.main(")
    return crash.replace(f"conformance/{name}.Main", "main.main").replace(
        f"conformance/{name}.", "main."
    )


def playback(data: bytes) -> Iterator[Line]:
    """The writes in a stream, with their times.

    The times count up by a nanosecond whenever the program turns from one stream to the other, so
    only their microseconds are told.
    """
    at = 0
    while at < len(data):
        mark, time, length = HEADER.unpack_from(data, at)
        assert mark == MARK, f"no playback header: {data[at : at + 60]!r}"
        at += HEADER.size
        time = (time - START) // MICROSECOND * MICROSECOND
        yield Line(time, data[at : at + length].decode())
        at += length


def lines(data: bytes) -> Iterator[Line]:
    """The lines in a stream; a line has the time at which it was ended."""
    rest = ""
    for time, text in playback(data):
        *ended, rest = (rest + text).split("\n")
        yield from (Line(time, line) for line in ended)
    assert not rest, f"a line without an end: {rest!r}"
