"""Controls for a notebook: the Player with its live parameters, live timings, predictions."""

from .collecting import predictions
from .knob import live
from .player import Player
from .predicting import predict
from .timing import Live

__all__ = ["Live", "Player", "live", "predict", "predictions"]
