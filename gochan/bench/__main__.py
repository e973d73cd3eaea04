"""`python -m gochan.bench core`: what the runtime's core costs."""

from __future__ import annotations

import argparse
import sys

from . import core


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m gochan.bench", description=__doc__)
    parser.add_argument("what", choices=["core"], help="core: channels and goroutines")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--one", choices=list(core.IN_OWN_PROCESS), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one is not None:
        core.one(given.one)
        return 0
    return core.main(given.json)


sys.exit(main())
