"""Places for words that must not cover each other."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

LETTER = 0.072  # inches: about so wide is one at 9 or 10 points


def spread_out(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """The places nearest to those wanted that keep their order and a gap, between low and high.

    Where there is no room for all, the gap is smaller.
    """
    if not wanted:
        return []
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    gap = min(gap, (high - low) / max(1, len(wanted) - 1))
    groups: list[tuple[float, int]] = []  # where a group begins, and how many are in it
    for at in order:
        start, count = wanted[at], 1
        while groups and groups[-1][0] + groups[-1][1] * gap > start:
            before, many = groups.pop()
            start = (before * many + (start - many * gap) * count) / (many + count)
            count += many
        groups.append((min(max(start, low), high - (count - 1) * gap), count))
    found = [start + number * gap for start, count in groups for number in range(count)]
    for number in range(1, len(found)):  # a group that was moved up may have reached the next
        found[number] = max(found[number], found[number - 1] + gap)
    overshoot = max(0.0, found[-1] - high)
    places = [0.0] * len(wanted)
    for at, place in zip(order, found, strict=True):
        places[at] = place - overshoot
    return places


def inches(ax: Axes) -> tuple[float, float]:
    """How wide and high the axes are, about: the layout may still move them a little."""
    place, figure = ax.get_position(), ax.get_figure(root=True)
    assert figure is not None
    return place.width * figure.get_figwidth(), place.height * figure.get_figheight()
