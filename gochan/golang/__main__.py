"""`python -m gochan.golang record notebooks/`: stores what the notebooks' Go cells print."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .recording import write
from .result import BadInput
from .running import NoGo


def main() -> int:
    """Records the notebooks that are named, and those in the folders that are."""
    parser = argparse.ArgumentParser(prog="python -m gochan.golang", description=__doc__)
    commands = parser.add_subparsers(required=True)
    record = commands.add_parser("record", help="store what the Go cells print")
    record.add_argument("paths", nargs="+", type=Path, help="notebooks, or folders of them")
    try:
        for notebook in _notebooks(parser.parse_args().paths):
            number = write(notebook)
            if number:
                sys.stdout.write(f"{notebook}: {number} Go cell{'s' if number != 1 else ''}\n")
    except (NoGo, BadInput, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _notebooks(paths: list[Path]) -> list[Path]:
    found = []
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"there is no {path}")
        found += sorted(path.rglob("*.ipynb")) if path.is_dir() else [path]
    return [path for path in found if ".ipynb_checkpoints" not in path.parts]


if __name__ == "__main__":
    sys.exit(main())
