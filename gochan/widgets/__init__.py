"""Controls for a notebook: the Player, the Scheduler's Seat, live timings, predictions."""

from .chart import Chart
from .collecting import predictions
from .knob import live
from .levels import LEVELS, Level
from .player import Player
from .predicting import predict
from .seat import Seat
from .timing import Live

__all__ = ["LEVELS", "Chart", "Level", "Live", "Player", "Seat", "live", "predict", "predictions"]
