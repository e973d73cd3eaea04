"""Controls for a notebook: the Player, parameters that change while it plays, live timings."""

from .knob import live
from .player import Player
from .timing import Live

__all__ = ["Live", "Player", "live"]
