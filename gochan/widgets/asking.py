"""From the arguments of `predict` to a question; bad ones are refused in a sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from .questions import Choice, Number, Order, Question


def ask(
    text: str,
    options: Any,
    *,
    answer: Any = None,
    replies: Any = None,
    tolerance: float | None = None,
    order: bool = False,
) -> Question:
    """The question that `predict` was given."""
    question = _question(text, options, tolerance, order)
    if tolerance is not None and not isinstance(question, Number):
        raise ValueError("tolerance is for numbers: options=float, int or (low, high)")
    if tolerance is not None and answer is None:
        raise ValueError("a tolerance needs an answer")
    if answer is not None:
        question.accept(_answers(question, answer))
    question.reply_with(replies)
    return question


def _question(text: str, options: Any, tolerance: float | None, order: bool) -> Question:
    if not isinstance(order, bool):
        raise TypeError(f"order is True or False, not {order!r}")
    if order:
        return Order(text, options)
    is_range = isinstance(options, tuple) and len(options) == 2 and all(map(_is_number, options))
    if options is not int and options is not float and not is_range:
        return Choice(text, options)
    low, high = options if is_range else (-math.inf, math.inf)
    if not low < high or (is_range and not math.isfinite(high - low)):
        raise ValueError(f"options: a range goes from low to high, not from {low!r} to {high!r}")
    is_whole = options is int or all(isinstance(end, int) for end in (low, high))
    return Number(text, low, high, is_whole=is_whole, tolerance=_checked_tolerance(tolerance))


def _answers(question: Question, answer: Any) -> Iterable[Any]:
    """One answer, or several that are all accepted."""
    several = isinstance(answer, (list, tuple, set, frozenset))
    if isinstance(question, Order):
        several = several and all(isinstance(one, (list, tuple)) for one in answer)
    return answer if several else [answer]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _checked_tolerance(tolerance: float | None) -> float:
    if tolerance is None:
        return 0.0
    if not _is_number(tolerance):
        raise TypeError(f"tolerance is a number, not {tolerance!r}")
    if not 0 <= tolerance < math.inf:
        raise ValueError(f"tolerance is a number from 0 on, not {tolerance!r}")
    return float(tolerance)
