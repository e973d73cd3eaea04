"""Shows pairs side by side: `python -m tests.conformance channels close/drain`."""

from __future__ import annotations

import sys

from . import python_side
from .pairs import all_pairs
from .report import same


def main(wanted: list[str]) -> None:
    """Prints both sides of the pairs wanted; of all, those that differ."""
    for pair in all_pairs():
        if wanted and not {pair.group, str(pair)} & set(wanted):
            continue
        try:
            python = python_side.run(pair)
        except Exception as error:  # noqa: BLE001 - it's shown instead
            python = f"{type(error).__name__}: {error}\n"
        go = pair.file(".txt").read_text()
        agree = same(go, python)
        if wanted or not agree:
            print(f"== {pair} {'' if agree else '*** differs'}\n-- Go\n{go}-- gochan\n{python}")


if __name__ == "__main__":
    main(sys.argv[1:])
