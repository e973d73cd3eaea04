"""Room for the tree of choices: inches for its rows, its choices, and the words beside them."""

from __future__ import annotations

import math
from collections import Counter

from matplotlib.axes import Axes

from ..analysis.explore.verdict import DEADLOCK
from ..analysis.findings import SEEN_BESIDES, is_bad
from .branches import Branch, Step, Tree
from .figure import WIDTH
from .signs import shortened, text_of

# Inches, about.
TALLEST = 5.7  # for the tree
ROOMIEST = 0.24  # for a row at most
LETTER = 0.078  # beside a branch
NAME_LETTER = 0.08  # along the first branch
SIGN = 0.12

LONGEST_LABEL = 38  # characters
LONGEST_NAME = 18
STEM = 0.4  # choices: the line before the first of them
SLANT = 40  # degrees


def label(branch: Branch) -> str:
    """What is written at the end of a branch: how its run ended, or how many runs it holds."""
    endings = [(outcome, n) for outcome, n in branch.outcomes if outcome[0] not in SEEN_BESIDES]
    if branch.runs == 1:
        return shortened(_ending(*endings[0][0]), LONGEST_LABEL) if endings else ""
    bad: Counter[str] = Counter()
    for (kind, _), count in endings:
        bad[kind] += count * is_bad(kind)
    if len(bad) == 1:  # they are all of one kind
        return f"{branch.runs:,} {next(iter(bad))}"
    parts = [f"{count:,} {kind}" for kind, count in bad.items() if count]
    return ", ".join([f"{branch.runs:,} runs", *parts])


def _ending(kind: str, detail: str) -> str:
    return kind if kind == DEADLOCK else text_of(kind, detail)  # of that there is but one


class Room:
    """From geometry to places: inches for rows, words and choices."""

    def __init__(self, geometry: Tree) -> None:
        self._geometry = geometry
        self._fit_width(WIDTH - 0.3)
        self._fit_height(self.above + min(TALLEST, ROOMIEST * max(2, geometry.height)))

    def fit(self, ax: Axes) -> None:
        """Takes the room that given axes have."""
        place, figure = ax.get_position(), ax.get_figure(root=True)
        assert figure is not None
        self._fit_width(place.width * figure.get_figwidth())
        self._fit_height(place.height * figure.get_figheight())

    def _fit_width(self, width: float) -> None:
        """A choice is as wide as the words beside the branches allow, which have to fit in."""
        widths = [
            max(width - beside(branch), width / 3) / (branch.end + STEM)
            for branch in self._geometry.branches
        ]
        self.choice = min([*widths, width / (1 + STEM)])
        self.end = width / self.choice - STEM  # in choices
        longest = max((len(text) for _, text in self.names()), default=0)
        slanted = 0.2 + NAME_LETTER * longest * math.sin(math.radians(SLANT))
        self.above = slanted if self.is_slanted else 0.3

    def _fit_height(self, height: float) -> None:
        self.height = height
        self.row = max(height - self.above, height / 3) / max(2, self._geometry.height)

    @property
    def is_slanted(self) -> bool:
        """Whether a name is too long for its choices."""
        return any(
            NAME_LETTER * (len(text) + 1) > self.choice * (step.end - step.start)
            for step, text in self.names()
        )

    def names(self) -> list[tuple[Step, str]]:
        """What is written along the first branch."""
        return [(step, _short_step(step)) for step in self._geometry.steps]


def signs_at(branch: Branch) -> list[float]:
    """How many inches behind the end of a branch its signs stand; a fan of runs comes first."""
    first = 0.09 + SIGN * branch.is_folded
    return [first + SIGN * at for at in range(len(branch.kinds))]


def beside(branch: Branch) -> float:
    """Inches that are taken behind the end of a branch."""
    return signs_at(branch)[-1] + SIGN + LETTER * len(label(branch))


def _short_step(step: Step) -> str:
    times = step.end - step.start
    name = shortened(step.name, LONGEST_NAME)
    return name if times == 1 else f"{name} x{times}"
