"""What is wrong with what came back, said while the search goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..channel import Chan
from ..directions import View
from ..program import Result
from .values import brief, difference, is_equal

MOST_SAID = 4  # different complaints, each of which the search looks into
TOO_LONG = "took {elapsed:g} s of program time, and may take {within:g} s at most"


class Complaint(Exception):
    """What is wrong with what came back; `explore` takes its text."""


class Judge:
    """Says of each run's Result what is wrong with it; is what `explore` takes as `expect`.

    Runs go wrong in a hundred ways that differ in a value; only the first few are told apart.
    """

    def __init__(self, expect: Any, within: float) -> None:
        self._expect = expect
        self._within = within
        self._said: list[str] = []

    def __call__(self, result: Result) -> bool:
        """True.

        Raises Complaint if it is wrong.
        """
        text = self.complaint(result)
        if text is None:
            return True
        if text not in self._said:
            if len(self._said) == MOST_SAID:
                raise Complaint(self._said[-1])
            self._said.append(text)
        raise Complaint(text)

    def complaint(self, result: Result) -> str | None:
        """What is wrong with a Result, None if nothing is."""
        text = complaint(self._expect, result)
        if text is None and result.elapsed > self._within:
            text = TOO_LONG.format(elapsed=result.elapsed, within=self._within)
        return text


def complaint(expect: Any, result: Result) -> str | None:
    """What is wrong with the value, None if nothing is."""
    if isinstance(result.value, (Chan, View)) and result.value is not expect:
        return f"returned a channel, {brief(result.value)}, and not the values that come out of it"
    if isinstance(result.value, Iterator):
        return f"returned {brief(result.value)}, whose values are not made yet: return a list"
    if not callable(expect):
        return None if is_equal(result.value, expect) else difference(result.value, expect)
    try:
        said = expect(result)
    except Exception as error:  # noqa: BLE001 - made for right values, it raises what it likes
        said = f"that is no value as it should be ({type(error).__name__}: {error})"
    if said is None or said is True:
        return None
    back = "returned nothing (None)" if result.value is None else f"returned {brief(result.value)}"
    return f"{back}: {said if isinstance(said, str) else 'that is wrong'}"
