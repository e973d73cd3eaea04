"""What a channel or lock is called in pictures and reports."""

from __future__ import annotations

from typing import Any

from .assigned import assigned_name
from .event import current, watching


def checked_name(name: Any) -> str | None:
    """The name given, None for none.

    Raises TypeError for what is no name.
    """
    if name is None or isinstance(name, str):
        return name
    raise TypeError(f"a name is a str, not {name!r}")


def given_or_assigned(name: Any, kind: str, place: int = 0, of: int = 1) -> str | None:
    """The name given to a new `kind`, else the variable's; a run that nobody watches needs none."""
    if name is None and (watching.on or current() is None):
        return assigned_name(kind, place, of)
    return checked_name(name)


def spaced(name: str | None) -> str:
    """A name with a blank before it, for a repr; nothing for none."""
    return f" {name}" if name else ""
