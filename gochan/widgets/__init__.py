"""Controls for a notebook: the Player, and parameters that change while it plays."""

from .knob import live
from .player import Player

__all__ = ["Player", "live"]
