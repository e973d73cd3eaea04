"""Writes the tables of contents anew: in the README, in notebooks/index.ipynb, and the links.

It reads every lesson in notebooks/: its title, what one can do after it, its time and its level.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ..commandline import parser_of
from .notebook import BadPage
from .pages import write


def main() -> int:
    """Writes, and names each file that it has changed."""
    parser = parser_of("gochan.contents", __doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="of the README")
    try:
        changed = write(parser.parse_args().folder)
    except (BadPage, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for path in changed:
        sys.stdout.write(f"{path}\n")
    if not changed:
        sys.stdout.write("Nothing has changed.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
