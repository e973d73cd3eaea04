"""Controls for a notebook: the Player with its live parameters, and the Scheduler's Seat."""

from .knob import live
from .levels import LEVELS, Level
from .player import Player
from .seat import Seat

__all__ = ["LEVELS", "Level", "Player", "Seat", "live"]
