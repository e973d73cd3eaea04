"""Controls for a notebook: the Player, the Scheduler's Seat, live charts, predictions, a check."""

from ..measuring.rounds import NotHere
from .chart import Chart
from .collecting import predictions
from .installation import Installation
from .knob import live
from .levels import LEVELS, Level
from .player import Player
from .predicting import predict
from .seat import Seat
from .timing import Live

__all__ = [
    "LEVELS",
    "Chart",
    "Installation",
    "Level",
    "Live",
    "NotHere",
    "Player",
    "Seat",
    "live",
    "predict",
    "predictions",
]
