"""Records anew what the Go programs do: `python -m tests.conformance.record`."""

from __future__ import annotations

import sys

from gochan.golang import toolchain

from .go_side import outputs
from .pairs import all_pairs


def main() -> None:
    """Writes every `.txt` and says which have changed."""
    go = toolchain.find()
    if go is None:
        sys.exit(toolchain.why_missing())
    recorded = outputs(go, all_pairs())
    changed = 0
    for pair, text in recorded.items():
        path = pair.file(".txt")
        if not path.exists() or path.read_text() != text:
            changed += 1
            print(f"{'changed' if path.exists() else 'new'}: {pair}")
            path.write_text(text)
    print(f"{len(recorded)} programs, {changed} of them new or changed")


if __name__ == "__main__":
    main()
