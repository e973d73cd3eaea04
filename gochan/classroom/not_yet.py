"""What `check` raises: a short text for the student, and no stack of the library's frames."""

from __future__ import annotations


class NotYet(Exception):
    """The solution isn't right yet; the text says what went wrong, where, and in which situation.

    `is_shown` says that a notebook shows the whole text above already: then its first line is
    enough where other errors have their traceback.
    """

    def __init__(self, text: str, *, is_shown: bool = False) -> None:
        super().__init__(text)
        self.is_shown = is_shown

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of its own traceback."""
        lines = f"{type(self).__name__}: {self}".splitlines()
        return lines[:1] if self.is_shown else lines
