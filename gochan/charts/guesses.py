"""What a class predicted: a bar for each prediction."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from .figure import new_axes
from .signs import SIGNS, inks, shortened

MOST_ROWS = 12
MOST_BINS = 8  # between the two that are open to one side
LONGEST_LABEL = 88  # characters, above a bar on a figure of its own
ROW = 0.5  # inches
BAR, LABEL = (0.5, 0.86), 0.26  # in its row, from the top: where the bar is, and the words above it


class Row(NamedTuple):
    """One prediction, or several numbers of nearly one size: its words, and how many made it."""

    text: str
    learners: int
    is_right: bool


class Predicted(NamedTuple):
    """What was predicted to one question.

    `kind` is "choice", "number" or "order"; `options` the labels in the author's order; `right`
    what is right, of which a number may differ by `tolerance`; `counts` how many predicted what (a
    label, a number, or a tuple of labels); `waiting` how many have not committed to anything.
    """

    name: str
    question: str
    kind: str
    options: tuple[str, ...]
    right: tuple[Any, ...]
    tolerance: float
    counts: Counter[Any]
    waiting: int

    @property
    def learners(self) -> int:
        """How many predicted something."""
        return self.counts.total()

    def is_right(self, value: Any) -> bool:
        """Whether a prediction is right."""
        if self.kind != "number":
            return value in self.right
        return any(
            math.isclose(value, one, rel_tol=1e-9, abs_tol=self.tolerance + 1e-12)
            for one in self.right
        )

    def rows(self) -> list[Row]:
        """The rows of the chart, from top to bottom.

        Options stand in the author's order, orders by how many chose them. A few different numbers
        stand by size; many are joined to ranges of one round width, the far ones to "less" and "or
        more"; what is right then has a row of its own and is in no range.
        """
        if self.kind == "number":
            return _numbers(self)
        labels = self.options if self.kind == "choice" else ()
        given = [value for value, _ in self.counts.most_common() if value not in labels]
        if self.kind == "order":
            given += [one for one in self.right if one not in given]
        rows = [
            Row(_text(value), self.counts[value], self.is_right(value))
            for value in [*labels, *given]
        ]
        return rows if self.kind == "choice" else _folded(rows)


def predictions(predicted: Predicted, ax: Axes | None = None) -> Axes:
    """Draws how many learners predicted what; what is right is marked by its fill and a word.

    Parameters
    ----------
    predicted
        One of the questions that `gochan.widgets.predictions(folder)` returns.
    ax
        The axes to draw in; new ones, on a figure of their own, if None.

    Returns the axes. Their figure's label is the alt text.

    Raises TypeError for anything else.
    """
    if not isinstance(predicted, Predicted):
        raise TypeError(
            f"predictions draws one question of predictions(folder), not {type(predicted).__name__}"
        )
    rows = predicted.rows()
    if ax is None:
        ax = new_axes(height=0.75 + ROW * max(1, len(rows)))
    _draw(ax, rows)
    _finish(ax, predicted, rows)
    ax.figure.set_label(description(predicted))
    return ax


def description(predicted: Predicted) -> str:
    """The alt text."""
    said = [
        f"{row.learners:,} x {shortened(row.text, LONGEST_LABEL)}{' (right)' * row.is_right}"
        for row in predicted.rows()
    ]
    return (
        f"What {_learners(predicted.learners)} predicted to “{predicted.question}”: "
        f"{'; '.join(said) or 'nothing'}.{_waiting(predicted)}"
    )


def _numbers(predicted: Predicted) -> list[Row]:
    counts = predicted.counts + Counter()
    right = [one for one in predicted.right if not any(map(predicted.is_right, counts))]
    if len(counts) + len(right) <= MOST_ROWS:
        return [
            Row(_text(value), counts[value], predicted.is_right(value))
            for value in sorted([*counts, *right])
        ]
    return _binned(predicted)


def _binned(predicted: Predicted) -> list[Row]:
    """Rows for ranges; what is right keeps a row of its own before the range that it lies in."""
    right = sum(n for value, n in predicted.counts.items() if predicted.is_right(value))
    wrong = sorted(value for value in predicted.counts.elements() if not predicted.is_right(value))
    if not wrong:
        return [_right_row(predicted, right)]
    low, high = _middle(wrong)
    width = _nice((high - low) / MOST_BINS, whole=all(isinstance(one, int) for one in wrong))
    first = math.floor(low / width)
    last = math.floor(high / width)
    bins = Counter(min(last + 1, max(first - 1, math.floor(value / width))) for value in wrong)
    within = {math.floor(one / width) for one in predicted.right}
    but = {at: ", but not right" * (at in within) for at in range(first - 1, last + 2)}
    rows = [
        (at * width, Row(_range(at, first, last, width) + but[at], bins[at], is_right=False))
        for at in range(first - 1, last + 2)
        if bins[at] or first <= at <= last
    ]
    if predicted.right:
        rows.append((min(predicted.right), _right_row(predicted, right)))
    return [row for _, row in sorted(rows, key=lambda one: (one[0], not one[1].is_right))]


def _right_row(predicted: Predicted, learners: int) -> Row:
    text = " or ".join(map(_text, predicted.right))
    about = f" (± {predicted.tolerance:g})" if predicted.tolerance else ""
    return Row(text + about, learners, is_right=True)


def _middle(values: list[float]) -> tuple[float, float]:
    """The stretch that holds nine of ten: one wild number shall not press all others together."""
    cut = len(values) // 20
    return values[cut], values[-1 - cut]


def _nice(width: float, *, whole: bool) -> float:
    """The next round width: 1, 2 or 5 times a power of ten, of whole numbers at least 1."""
    if width <= 0:
        return 1
    power = math.floor(math.log10(width))
    found = next(step for step in (1, 2, 5, 10) if step * 10.0**power >= width * 0.999)
    nice = found * 10.0**power
    return max(1, round(nice)) if whole else nice


def _range(at: int, first: int, last: int, width: float) -> str:
    low, high = f"{at * width:.12g}", f"{(at + 1) * width:.12g}"
    if at < first:
        return f"less than {high}"
    if at > last:
        return f"{low} or more"
    if width == 1:
        return low
    return f"{low} to {at * width + width - 1:g}" if isinstance(width, int) else f"{low} to {high}"


def _folded(rows: list[Row]) -> list[Row]:
    """At most twelve rows: the last joins the rest, and what is right always has its own."""
    if len(rows) <= MOST_ROWS:
        return rows
    shown = rows[: MOST_ROWS - 1]
    late = [row for row in rows[MOST_ROWS - 1 :] if row.is_right]
    shown = [*shown[: len(shown) - len(late)], *late]
    rest = [row for row in rows if row not in shown]
    return [*shown, Row(f"{len(rest):,} other orders", sum(row.learners for row in rest), False)]


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return " → ".join(value)
    return f"{value:.12g}" if isinstance(value, (int, float)) else str(value)


def _draw(ax: Axes, rows: list[Row]) -> None:
    ink, sign = inks(ax), SIGNS["ok"]
    wrong = "///" if any(row.is_right for row in rows) else ""
    top, bottom = BAR
    for number, row in enumerate(rows):
        ax.broken_barh(
            [(0, row.learners)],
            (number + top, bottom - top),
            facecolor=sign.fill if row.is_right else ink.grid,
            edgecolor=sign.color if row.is_right else ink.quiet,
            hatch="" if row.is_right else wrong,
            linewidth=1,
            zorder=2,
        )
        weight = "bold" if row.is_right else "normal"
        words: dict[str, Any] = {"ha": "left", "va": "center", "color": ink.text, "fontsize": 11}
        words |= {"textcoords": "offset points"}
        at = (row.learners, number + (top + bottom) / 2)
        ax.annotate(f"{row.learners:,}", at, (5, 0), fontweight="bold", **words)
        text = shortened(row.text, LONGEST_LABEL).replace("$", r"\$")
        right = " ✓ right" if row.is_right else ""
        ax.annotate(text + right, (0, number + LABEL), (5, 0), fontweight=weight, **words)


def _finish(ax: Axes, predicted: Predicted, rows: list[Row]) -> None:
    ink = inks(ax)
    ax.set_xlim(0, max([1, *(row.learners for row in rows)]) * 1.1)
    ax.set_ylim(max(1, len(rows)) + 0.05, 0)
    ax.set_yticks([])
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, min_n_ticks=1))
    ax.tick_params(axis="x", colors=ink.text, labelsize=9)
    label = f"{_learners(predicted.learners)}.{_waiting(predicted)}"
    ax.set_xlabel(label, color=ink.text, fontsize=10)
    for side in ("top", "right", "bottom"):
        ax.spines[side].set_visible(False)
    ax.spines["left"].set_color(ink.text)
    ax.grid(axis="x", color=ink.grid, linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)
    if not rows:
        ax.text(0.02, 0.5, "nobody predicted", transform=ax.transAxes, color=ink.quiet)


def _learners(count: int) -> str:
    return f"{count:,} learner{'s' if count != 1 else ''}"


def _waiting(predicted: Predicted) -> str:
    if not predicted.waiting:
        return ""
    have = "has" if predicted.waiting == 1 else "have"
    return f" {predicted.waiting:,} more {have} not committed."
