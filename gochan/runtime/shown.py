"""How a value looks in a picture: at once if it could change, else when somebody asks."""

from __future__ import annotations

import re
from typing import Any

LONGEST = 40  # characters
ADDRESS = re.compile(
    r"(?:(?:\w+|<\w+>)\.)*(?P<what>\w+|<\w+>)(?: object)? at 0x[0-9a-fA-F]+(?=[>;,)])"
)
UNCHANGING = (
    int,
    str,
    float,
    bool,
    type(None),
)  # the usual ones first: a tuple is searched in order


class Shown(str):
    """The short repr of a value that may have changed since."""

    __slots__ = ()


def kept(value: Any) -> Any:
    """What is noted of a value: itself if it can't change, else its short repr."""
    return value if type(value) in UNCHANGING else Shown(short_repr(value))


def short_repr(value: Any) -> str:
    """A value as pictures show it: at most 40 characters, and no memory addresses."""
    if type(value) is Shown:
        return str(value)
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 - it is the program's method, and may raise anything
        return f"<{type(value).__name__}>"
    text = without_addresses(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def without_addresses(text: str) -> str:
    """`<Job>` for `<__main__.Job object at 0x7f…>`: addresses differ from run to run."""
    return ADDRESS.sub(lambda match: match["what"], text) if " at 0x" in text else text
