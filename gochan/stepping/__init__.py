"""A program in the hand: who goes next is decided one move at a time.

Nothing of a program lives between two moves. A `Position` is what a program is at after a list of
moves: it is run again from its start, follows the moves, and is stopped before the next choice.
The choices are those of `explore`: one visible operation each, and what would only block is not
one.
"""

from ..analysis.explore.operation import Way
from .game import Game
from .goals import GOALS
from .hints import Hint, Hints
from .position import Ending, Option, Position, Standing

__all__ = ["GOALS", "Ending", "Game", "Hint", "Hints", "Option", "Position", "Standing", "Way"]
