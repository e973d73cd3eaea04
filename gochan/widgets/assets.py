"""The files of a view: JavaScript and CSS in `static/`, joined to what a widget loads."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"


def script(*names: str) -> str:
    """One module of several files, in this order; the last one exports `render`."""
    return "\n".join((STATIC / f"{name}.js").read_text(encoding="utf-8") for name in names)


def style(*names: str) -> str:
    """One style sheet of several files, in this order."""
    return "\n".join((STATIC / f"{name}.css").read_text(encoding="utf-8") for name in names)
