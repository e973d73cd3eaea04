"""What a program prints, passed on as it comes; the report of a crash is kept back.

A crash is shown in another form, so what may begin one is held until it is known to be none.
What was held and turned out to be a crash never becomes output.
"""

from __future__ import annotations

from collections.abc import Callable

from .crash import BEGINNINGS, GOROUTINE, START

HEAD = 100_000  # characters of an output that are shown as they come
LAST = 2_000  # of its end that are shown, if something before it is left out
LONGEST_CRASH = 100_000  # characters
MOST_LINES_BEFORE = 40  # between the first line of a crash and that of its first goroutine
LOOKS = 3  # without anything new, until what was held is passed on


class Output:
    """Takes the texts of a program, shows them, and knows the whole at the end.

    `on_text` gets what can be shown at once.
    """

    def __init__(self, on_text: Callable[[str], None]) -> None:
        self._on_text = on_text
        self._head: list[str] = []
        self._room = HEAD
        self._last = ""
        self._beyond = 0  # characters after the head
        self._held = ""
        self._crashing = False
        self._looks = 0

    def add(self, text: str) -> None:
        """Something was printed."""
        self._looks = 0
        if self._crashing:
            self._held += text[: max(0, LONGEST_CRASH - len(self._held))]
            return
        self._held += text
        self._pass_on(self._free())

    def wait(self) -> None:
        """Nothing was printed for a while."""
        self._looks += 1
        if self._looks >= LOOKS and not self._crashing:
            self._pass_on(len(self._held))

    @property
    def held(self) -> str:
        """What may be a crash."""
        return self._held

    def finish(self, crash_start: int | None) -> tuple[str, int]:
        """The output, without the crash that begins there in what is held; how much is left out.

        The second is a number of characters, that were printed in the middle of a long output.
        """
        self._pass_on(len(self._held) if crash_start is None else crash_start)
        left_out = self._beyond - len(self._last)
        end = (
            f"\n... {left_out:,} characters are left out ...\n{self._last}"
            if left_out
            else self._last
        )
        if end:
            self._on_text(end)
        return "".join(self._head) + end, left_out

    def _pass_on(self, length: int) -> None:
        """What is held up to there is no crash."""
        text, self._held = self._held[:length], self._held[length:]
        if not text:
            return
        shown, rest = text[: self._room], text[self._room :]
        if shown:
            self._room -= len(shown)
            self._head.append(shown)
            self._on_text(shown)
        self._beyond += len(rest)
        self._last = (self._last + rest)[-LAST:]

    def _free(self) -> int:
        """How much of what is held can't belong to a crash."""
        text, at = self._held, 0
        while any(beginning in text for beginning in BEGINNINGS):
            found = START.search(text, at)
            if found is None:
                break
            self._crashing = GOROUTINE.search(text, found.end()) is not None
            if self._crashing or text.count("\n", found.end()) < MOST_LINES_BEFORE:
                return found.start()
            at = found.end()
        return len(text) - max(_overlap(text, beginning) for beginning in BEGINNINGS)


def _overlap(text: str, beginning: str) -> int:
    """How many characters of `beginning` stand at the end of the text."""
    return next(
        (
            length
            for length in range(len(beginning) - 1, 0, -1)
            if text.endswith(beginning[:length])
        ),
        0,
    )
