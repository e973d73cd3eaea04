"""Why a context is over: `Canceled` and `DeadlineExceeded`.

Source: Go's context.Canceled and context.DeadlineExceeded.
"""

from __future__ import annotations


class _Reason(Exception):
    """All errors of one kind are equal, and equal to their class.

    In Go each is a single value, and programs compare with it: `err == context.Canceled`.
    """

    def __eq__(self, other: object) -> bool:
        return other is type(self) or type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


class Canceled(_Reason):
    """The error of a context that was cancelled for another reason than its deadline."""

    def __str__(self) -> str:
        return "context canceled"


class DeadlineExceeded(_Reason):
    """The error of a context whose deadline has passed."""

    def __str__(self) -> str:
        return "context deadline exceeded"

    def timeout(self) -> bool:
        """Always true, as for all errors that say that time ran out."""
        return True

    def temporary(self) -> bool:
        """Always true: another attempt may be in time."""
        return True
