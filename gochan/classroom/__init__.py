"""Exercises in a class: `check` runs a student's function under every schedule it can reach."""

from .cases import Case, case
from .checking import check
from .not_yet import NotYet

__all__ = ["Case", "NotYet", "case", "check"]
