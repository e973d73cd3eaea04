"""The levels of the Seat, from easy to devious, in the order of the lessons."""

from __future__ import annotations

from .beginnings import BEGINNINGS
from .channels import CHANNELS
from .devious import DEVIOUS
from .level import Level
from .state import STATE

LEVELS: dict[str, Level] = {
    level.name: level for level in (*BEGINNINGS, *CHANNELS, *STATE, *DEVIOUS)
}
"""The levels by their names."""

__all__ = ["LEVELS", "Level"]
