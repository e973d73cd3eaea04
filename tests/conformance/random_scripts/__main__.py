"""Runs random scripts on real Go and on gochan, and shows where they differ.

python -m tests.conformance.random_scripts --seeds 5000-5999    # a thousand more
python -m tests.conformance.random_scripts --show 17            # one, and what both sides do
python -m tests.conformance.random_scripts --record             # writes recorded.txt anew
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from itertools import count, islice

from gochan.golang import toolchain

from . import on_gochan, recorded
from .compare import different, differs, samples, side_by_side, smallest
from .generate import generate
from .on_go import RealGo, at_once, built

AT_A_TIME = 500


def main() -> None:
    """Does what the arguments ask for; the exit status is 1 if there is a difference."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.conformance.random_scripts",
        description="Random scripts on real Go and on gochan.",
    )
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--seeds", metavar="A-B", type=seeds, help="show which of these differ")
    wanted.add_argument("--show", metavar="SEED", type=int, help="show a script and both its logs")
    wanted.add_argument("--record", action="store_true", help="write recorded.txt anew")
    options = parser.parse_args()
    command = toolchain.find()
    if command is None:
        sys.exit(toolchain.why_missing())
    with built(command) as real_go:
        if options.seeds:
            sys.exit(search(real_go, options.seeds) > 0)
        if options.record:
            record(real_go)
        else:
            print(both(real_go, options.show, generate(options.show)))


def seeds(text: str) -> range:
    """`5000-5999`, or a single one."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def search(real_go: RealGo, wanted: range) -> int:
    """Prints the scripts that differ, as small as they can be made; how many there are."""
    compared = found = 0
    left = samples(wanted)
    while some := list(islice(left, AT_A_TIME)):
        compared += len(some)
        for sample in different(real_go, some):
            found += 1
            small = smallest(sample.script, partial(differs, real_go))
            print(both(real_go, f"seed {sample.seed}, made smaller", small), flush=True)
        print(f"up to seed {some[-1].seed}: {found} differ", file=sys.stderr)
    print(f"{len(wanted):,} seeds, {compared:,} scripts compared, {found} differ")
    return found


def record(real_go: RealGo) -> None:
    """Writes what Go does with the first scripts."""
    some = list(islice(samples(count()), recorded.COUNT))
    logs = at_once(real_go.run, [sample.script for sample in some])
    recorded.write(
        recorded.Recording(sample.seed, recorded.digest(sample.script), log)
        for sample, log in zip(some, logs, strict=True)
    )
    print(f"recorded {len(some):,} scripts, up to seed {some[-1].seed}")


def both(real_go: RealGo, title: object, script: str) -> str:
    """A script, and what both sides do."""
    return side_by_side(title, script, real_go.run(script), on_gochan.run(script))


if __name__ == "__main__":
    main()
