"""Controls for a notebook: the Player, and parameters that change while it plays, predictions."""

from .collecting import predictions
from .knob import live
from .player import Player
from .predicting import predict

__all__ = ["Player", "live", "predict", "predictions"]
