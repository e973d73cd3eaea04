"""Measured times as plain data: who took how long, how much that spreads, who is how much slower.

Always true: a summary's `low`, `median` and `high` are the quartiles of its samples; ratios compare
medians with the least of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, NoReturn

from .style import MOST_LANES
from .time_axis import TimeScale, three_digits, time_scale


class Summary(NamedTuple):
    """Samples in seconds, sorted, their quartiles, and how many times the least median it is."""

    samples: tuple[float, ...]
    low: float
    median: float
    high: float
    ratio: float


class Contender(NamedTuple):
    """One row: a name, and its samples; None while there are none, or none can be: see `absent`.

    `note` are words that are said of it besides.
    """

    name: str
    summary: Summary | None
    absent: str = ""
    note: str = ""


class Curve(NamedTuple):
    """One line: a name, and a summary at each value of the parameter, in its order."""

    name: str
    points: tuple[tuple[float, Summary], ...]


class Contest(NamedTuple):
    """The geometry: rows or curves, and the scales of both axes."""

    rows: tuple[Contender, ...]
    curves: tuple[Curve, ...]
    scale: TimeScale
    parameter_is_log: bool
    folded: int


def contest(
    samples: Mapping[str, Any],
    most: int = MOST_LANES,
    absent: Mapping[str, str] | None = None,
    besides: Mapping[str, str] | None = None,
) -> Contest:
    """Computes everything that is drawn of measured times.

    Parameters
    ----------
    samples
        `{"mutex": [1.2e-7, 1.3e-7], ...}`: seconds, in any order; an empty list says "not measured
        yet". Or over a parameter: `{"mutex": {1: [1.2e-7], 2: [2.1e-7]}, ...}`.
    most
        How many contenders have a row or curve of their own.
    absent
        Why somebody has no samples and never will, by contender.
    besides
        A few words more, by contender.

    Raises TypeError for other forms, ValueError for no contender, and for times that are negative,
    NaN or infinite.
    """
    _check_form(samples)
    shown = dict(list(samples.items())[:most])
    folded = len(samples) - len(shown)
    over_parameter = any(isinstance(given, Mapping) for given in shown.values())
    if over_parameter:
        sorted_of = {
            (name, x): times_of(f"{name!r} at {x!r}", times)
            for name, given in shown.items()
            for x, times in _by_parameter(name, given)
        }
    else:
        sorted_of = {(name, 0.0): times_of(repr(name), times) for name, times in shown.items()}
    measured = {key: times for key, times in sorted_of.items() if times}
    summaries = _summaries(measured)
    everything = [x for one in summaries.values() for x in (one.samples[0], one.samples[-1])]
    typical = min((one.median for one in summaries.values()), default=1.0)
    parameters = sorted({x for _, x in measured})
    return Contest(
        rows=()
        if over_parameter
        else tuple(
            Contender(
                name,
                summaries.get((name, 0.0)),
                (absent or {}).get(name, ""),
                (besides or {}).get(name, ""),
            )
            for name in shown
        ),
        curves=tuple(_curve(name, parameters, summaries) for name in shown)
        if over_parameter
        else (),
        scale=time_scale(min(everything, default=1.0), max(everything, default=1.0), typical),
        parameter_is_log=over_parameter and _are_geometric(parameters),
        folded=folded,
    )


def ratio_text(ratio: float) -> str:
    """`fastest`, or `2.3x the fastest`; nothing if that took no time at all."""
    if math.isinf(ratio):
        return ""
    return "fastest" if ratio == 1 else f"{three_digits(ratio)}x the fastest"


def quartiles(times: Sequence[float]) -> tuple[float, float, float]:
    """Three values that cut sorted samples in four; between two samples by proportion."""
    low, median, high = (quantile(times, share) for share in (0.25, 0.5, 0.75))
    return low, median, high


def quantile(times: Sequence[float], share: float) -> float:
    """The value below which that share of sorted samples lies; between two by proportion."""
    place = share * (len(times) - 1)
    below = int(place)
    above = min(below + 1, len(times) - 1)
    return times[below] + (times[above] - times[below]) * (place - below)


def _check_form(samples: object) -> None:
    if not isinstance(samples, Mapping):
        raise TypeError(
            f'timings takes a dict such as {{"mutex": [1.2e-7, 1.3e-7]}}, '
            f"not {type(samples).__name__}"
        )
    if not samples:
        raise ValueError("timings needs at least one contender")
    for name in samples:
        if not isinstance(name, str):
            raise TypeError(f"a contender's name is a str, not {name!r}")
    forms = {isinstance(given, Mapping) for given in samples.values()}
    if len(forms) > 1:
        raise TypeError("either all contenders have a list of times, or all a dict of lists")


def _by_parameter(name: str, given: Mapping[Any, Any]) -> Iterable[tuple[float, Any]]:
    for parameter, times in given.items():
        if isinstance(parameter, bool) or not isinstance(parameter, (int, float)):
            raise TypeError(f"the parameter of {name!r} is a number, not {parameter!r}")
        if not math.isfinite(parameter):
            raise ValueError(f"the parameter of {name!r} is a finite number, not {parameter!r}")
        yield parameter, times


def times_of(whose: str, given: Any) -> tuple[float, ...]:
    """Checks measured seconds, and sorts them."""
    try:
        times = sorted(float(one) for one in given if not isinstance(one, (str, bytes, bool)))
        if len(times) != len(given):
            _refuse(whose, given)
    except (TypeError, ValueError):
        _refuse(whose, given)
    if times and not (times[0] >= 0 and math.isfinite(sum(times))):  # NaN fails every comparison
        raise ValueError(f"the times of {whose} are finite and not negative")
    return tuple(times)


def _refuse(whose: str, given: Any) -> NoReturn:
    """Raises TypeError for what is no list of numbers."""
    raise TypeError(f"the times of {whose} are a list of seconds, not {given!r}") from None


_Key = tuple[str, float]


def _summaries(measured: Mapping[_Key, tuple[float, ...]]) -> dict[_Key, Summary]:
    """Ratios are within one value of the parameter."""
    cut = {key: quartiles(times) for key, times in measured.items()}
    least: dict[float, float] = {}
    for (_, x), (_, median, _) in cut.items():
        least[x] = min(median, least.get(x, median))
    return {
        key: Summary(measured[key], low, median, high, _ratio(median, least[key[1]]))
        for key, (low, median, high) in cut.items()
    }


def _ratio(median: float, least: float) -> float:
    if median == least:
        return 1.0
    return median / least if least else math.inf


def _curve(name: str, parameters: Sequence[float], summaries: Mapping[_Key, Summary]) -> Curve:
    return Curve(name, tuple((x, summaries[name, x]) for x in parameters if (name, x) in summaries))


def _are_geometric(parameters: Sequence[float]) -> bool:
    """Whether they stand closer to equal steps on a logarithmic axis than on a linear one."""
    if len(parameters) < 3 or parameters[0] <= 0:
        return False
    middle = parameters[len(parameters) // 2]
    low, high = parameters[0], parameters[-1]
    linear = (middle - low) / (high - low)
    logarithmic = math.log(middle / low) / math.log(high / low)
    wanted = (len(parameters) // 2) / (len(parameters) - 1)
    return abs(logarithmic - wanted) < abs(linear - wanted)
