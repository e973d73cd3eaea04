"""What can be predicted: a choice, a number, an order.

A question reads what the learner gave, judges it and replies to it; it knows no widget. Bad
arguments are the author's mistakes and are refused when the question is made.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any

Option = str | int | float  # bool is an int
LOOK = "Compare it with the result."


class Question(ABC):
    """A question with its accepted answers (none: nothing is right or wrong) and its replies."""

    kind: str

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise TypeError(f"predict takes a question as text, not {text!r}")
        if not text.strip():
            raise ValueError("predict needs a question, and this one is empty")
        self.text = " ".join(text.split())
        self.right: list[Any] = []
        self._replies: Callable[[Any], str | None] = lambda _: None

    @abstractmethod
    def read(self, given: Any) -> Any:
        """The prediction that was given; ValueError, in a sentence, if it is none."""

    @abstractmethod
    def plain(self, value: Any) -> Any:
        """A prediction as JSON has it."""

    @abstractmethod
    def words(self, value: Any) -> str:
        """A prediction as a person reads it."""

    def view(self) -> dict[str, Any]:
        """What the form needs, as plain data; the answer stays here."""
        return {"question": self.text, "kind": self.kind}

    def labels(self) -> list[str]:
        """The options as they are shown; none for a number."""
        return []

    def accept(self, answers: Iterable[Any]) -> None:
        """Says which predictions are right."""
        self.right = [self._checked(answer, "answer") for answer in answers]
        if not self.right:
            raise ValueError("answer is empty: leave it out if nothing is right or wrong")

    def reply_with(self, replies: Any) -> None:
        """Takes a dict, a list of (condition, text), or a function of the prediction."""
        if replies is None:
            return
        if callable(replies):
            self._replies = replies
        elif isinstance(replies, dict):
            self._replies = self._by_value(replies)
        elif isinstance(replies, (list, tuple)):
            self._replies = _by_condition(replies)
        else:
            raise TypeError(
                "replies is a dict, a list of (condition, text) or a function, "
                f"not {type(replies).__name__}"
            )

    def is_right(self, value: Any) -> bool | None:
        """Whether a prediction is right; None if nothing is right or wrong."""
        return any(self.same(value, one) for one in self.right) if self.right else None

    def same(self, one: Any, other: Any) -> bool:
        """Whether two predictions come to the same."""
        return bool(one == other)

    def reply(self, value: Any) -> str:
        """What is said to a prediction; a function of the author's may have failed, or be silent.

        That is no reason to lose the prediction, so its error becomes the reply.
        """
        try:
            reply = self._replies(value)
        except Exception as error:  # noqa: BLE001 - whatever the author's function raises
            return f"(The reply to this failed: {type(error).__name__}: {error})"
        if reply is None and self.is_right(value) is False:
            return LOOK
        return "" if reply is None else str(reply)

    def _checked(self, given: Any, what: str) -> Any:
        try:
            return self.read(given)
        except ValueError as error:
            raise ValueError(f"{what}: {error}") from None

    def _by_value(self, replies: dict[Any, Any]) -> Callable[[Any], str | None]:
        pairs = [
            (self._checked(value, "replies"), _reply_text(text)) for value, text in replies.items()
        ]
        return lambda value: next((text for one, text in pairs if self.same(value, one)), None)


class Choice(Question):
    """One of several options."""

    kind = "choice"

    def __init__(self, text: str, options: Iterable[Option]) -> None:
        super().__init__(text)
        self._options = {_label(option): option for option in _checked_options(options)}

    def read(self, given: Any) -> Any:
        """The option of this label."""
        label = str(given) if isinstance(given, (str, int, float)) else ""
        if label not in self._options:
            raise ValueError(f"{given!r} is none of the options {_listed(self._options)}")
        return self._options[label]

    def plain(self, value: Any) -> Any:
        """Its label."""
        return str(value)

    def words(self, value: Any) -> str:
        """Its label."""
        return str(value)

    def same(self, one: Any, other: Any) -> bool:
        """By label: 1 and True are two options."""
        return str(one) == str(other)

    def labels(self) -> list[str]:
        """In the author's order."""
        return list(self._options)

    def view(self) -> dict[str, Any]:
        """With the options."""
        return {**super().view(), "options": self.labels()}


class Order(Choice):
    """All of several options, in an order."""

    kind = "order"

    def read(self, given: Any) -> Any:
        """The options in the order given."""
        if not isinstance(given, (list, tuple)):
            raise ValueError(f"{given!r} is no order: give the options as a tuple")  # noqa: TRY004
        value = tuple(super(Order, self).read(one) for one in given)
        if sorted(map(str, value)) != sorted(self.labels()):
            raise ValueError(f"{given!r} doesn't hold each of {_listed(self.labels())} once")
        return value

    def accept(self, answers: Iterable[Any]) -> None:
        """Refuses options that are shown in a right order from the start."""
        super().accept(answers)
        if tuple(self._options.values()) in self.right:
            raise ValueError("the options already stand in a right order: list them in another")

    def plain(self, value: Any) -> Any:
        """The labels in this order."""
        return [str(one) for one in value]

    def words(self, value: Any) -> str:
        """The labels, with arrows between them."""
        return " → ".join(self.plain(value))

    def same(self, one: Any, other: Any) -> bool:
        """By label."""
        return bool(self.plain(one) == self.plain(other))


class Number(Question):
    """A number, whole or not, perhaps in a range."""

    kind = "number"

    def __init__(
        self, text: str, low: float, high: float, *, is_whole: bool, tolerance: float = 0.0
    ) -> None:
        super().__init__(text)
        self.low, self.high, self.is_whole = low, high, is_whole
        self.tolerance = tolerance

    def read(self, given: Any) -> Any:
        """The number, an int if whole ones are asked for."""
        if isinstance(given, bool) or not isinstance(given, (int, float)):
            raise ValueError(f"{given!r} is no number")  # noqa: TRY004 - of the learner
        if not math.isfinite(given):
            raise ValueError(f"{given!r} is no number that can be predicted")
        if self.is_whole and given != int(given):
            raise ValueError(f"{given!r} is no whole number")
        if not self.low <= given <= self.high:
            raise ValueError(f"{given!r} lies outside of {self.low:g} to {self.high:g}")
        return int(given) if self.is_whole else float(given)

    def plain(self, value: Any) -> Any:
        """Itself."""
        return value

    def words(self, value: Any) -> str:
        """With as many digits as it needs."""
        return f"{value:.12g}"

    def same(self, one: Any, other: Any) -> bool:
        """Within the tolerance; sums of tenths are not exact, so a hair is always forgiven."""
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=self.tolerance + 1e-12)

    def view(self) -> dict[str, Any]:
        """With the range, null at an end that is open."""
        ends = [end if math.isfinite(end) else None for end in (self.low, self.high)]
        return {**super().view(), "low": ends[0], "high": ends[1], "whole": self.is_whole}


def _checked_options(options: Any) -> list[Option]:
    if not isinstance(options, (list, tuple)):
        raise TypeError(
            f"options is a list, int, float or a range (low, high), not {_shown(options)}"
        )
    labels = [_label(option) for option in options]
    if len(labels) < 2:
        raise ValueError(f"options: there is nothing to choose from in {options!r}")
    for label in labels:
        if labels.count(label) > 1:
            raise ValueError(f"options: {label!r} is there twice")
    return list(options)


def _label(option: Any) -> str:
    if not isinstance(option, (str, int, float)):
        raise TypeError(f"options: {option!r} is neither text nor a number")
    if isinstance(option, float) and math.isnan(option):
        raise ValueError("options: nan can't be predicted")
    if not str(option).strip():
        raise ValueError("options: an empty text can't be chosen")
    return str(option)


def _by_condition(replies: Iterable[Any]) -> Callable[[Any], str | None]:
    pairs = []
    for pair in replies:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2 or not callable(pair[0]):
            raise TypeError(f"replies: {pair!r} is no pair of a condition (a function) and a text")
        pairs.append((pair[0], _reply_text(pair[1])))
    return lambda value: next((text for holds, text in pairs if holds(value)), None)


def _reply_text(text: Any) -> str:
    if not isinstance(text, str):
        raise TypeError(f"replies: a reply is a text, not {text!r}")
    if not text.strip():
        raise ValueError("replies: a reply is empty")
    return text


def _listed(labels: Iterable[str]) -> str:
    return ", ".join(map(repr, labels))


def _shown(thing: Any) -> str:
    return (
        repr(thing) if thing is None or isinstance(thing, (str, int, float)) else f"{thing!r:.60}"
    )
