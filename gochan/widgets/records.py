"""What was predicted, as the notebook's own output keeps it: words for people, data for a teacher.

The data travels in the output's bundle under a type of its own, which JupyterLab saves and shows
nowhere. So a saved notebook can be read without running anything, and nothing is sent anywhere.
"""

from __future__ import annotations

import hashlib
import html
import re
from typing import Any, NamedTuple

from .questions import Question

MIME = "application/vnd.gochan.prediction+json"
VERSION = 1
LONGEST_NAME = 60  # characters

# A widget without its kernel shows an error; this words stand beside it and say all there is.
WITHOUT_KERNEL = """<style>
.jp-OutputArea-child:has(+ .jp-OutputArea-child .gochan-plain):not(:has(.gochan-view)) {
  display: none;
}
</style>"""


class Verdict(NamedTuple):
    """What came of a commitment: the prediction, whether it is right, and the reply."""

    value: Any
    is_right: bool | None
    reply: str

    def words(self) -> str:
        """`Right: ...`, `Not quite: ...`, or the reply alone."""
        if self.is_right is None:
            return self.reply
        head = "Right" if self.is_right else "Not quite"
        return f"{head}: {self.reply}" if self.reply else f"{head}."


def name_of(text: str) -> str:
    """A stable name for a question: its words; of a long one the first, and a few letters more."""
    words = "-".join(re.findall(r"\w+", text.casefold())) or "question"
    if len(words) <= LONGEST_NAME:
        return words
    letters = hashlib.sha256(words.encode()).hexdigest()[:6]
    return f"{words[:LONGEST_NAME].rstrip('-')}-{letters}"


def data_of(
    question: Question, name: str, verdict: Verdict | None, commitment: str
) -> dict[str, Any]:
    """The plain data of a question and what was predicted, None if nothing was yet.

    `commitment` is a random word for this very commitment: a copy of the notebook has it too.
    """
    return {
        "version": VERSION,
        "name": name,
        "question": question.text,
        "kind": question.kind,
        "options": question.labels(),
        "right": [question.plain(one) for one in question.right],
        "tolerance": getattr(question, "tolerance", 0.0),
        "predicted": None if verdict is None else question.plain(verdict.value),
        "commitment": commitment,
    }


def bundle_of(
    question: Question, name: str, verdict: Verdict | None, commitment: str
) -> dict[str, Any]:
    """The output that is saved: for people as HTML and as text, for programs as data."""
    lines = _lines(question, verdict)
    inner = "".join(f"<div>{marked_up(line)}</div>" for line in lines)
    return {
        "text/html": plain_html(f'<div data-commitment="{commitment}">{inner}</div>'),
        "text/plain": "\n".join(lines),
        MIME: data_of(question, name, verdict, commitment),
    }


def _lines(question: Question, verdict: Verdict | None) -> list[str]:
    chosen = None if verdict is None else question.plain(verdict.value)
    sign = {label: "◉" if label == chosen else "○" for label in question.labels()}
    options = [f"{sign[label]} {label}" for label in question.labels()]
    if question.kind == "order" and verdict is not None:
        options = []
    if verdict is None:
        return [f"Prediction: {question.text}", *options, "(No prediction was committed.)"]
    said = [f"Predicted: {question.words(verdict.value)}", verdict.words()]
    return [f"Prediction: {question.text}", *options, *filter(None, said)]


def plain_html(inner: str) -> str:
    """HTML that stands beside a widget for readers without a kernel; the widget hides it."""
    return f'<div class="gochan-plain">{WITHOUT_KERNEL}{inner}</div>'


def marked_up(text: str) -> str:
    """Text as HTML, with `code` between backticks."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))
