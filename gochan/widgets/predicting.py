"""A learner commits to a prediction before seeing a result."""

from __future__ import annotations

import json
import uuid
from typing import Any

import anywidget
import traitlets
from IPython import get_ipython
from IPython.display import display

from .asking import ask
from .assets import script, style
from .gates import Gate, bundle_of_widget, show, taken
from .questions import Question
from .records import Verdict, bundle_of, data_of, name_of
from .turns import TURN


class Form(anywidget.AnyWidget):
    """The browser's side: asks, sends what was committed, and shows the reply."""

    _esm = script("parts", "live", "ordering", "predict")
    _css = style("parts", "predict")

    data = traitlets.Unicode().tag(sync=True)  # JSON text: the question
    state = traitlets.Unicode("{}").tag(sync=True)  # JSON text: what came of the commitment

    def __repr__(self) -> str:
        return "Prediction"  # what a page without widgets shows above the question


class Prediction:
    """A question that waits for one prediction; made by `predict`.

    `value` is what was predicted (an option, a number, a tuple of options), None before that;
    `is_right` whether it is right, None if nothing is right or wrong.
    """

    def __init__(self, question: Question, name: str) -> None:
        self.name = name
        self.question = question.text
        self._asked = question
        self._verdict: Verdict | None = None
        self._commitment = ""
        self._is_kept = False
        self._gates: list[Gate] = []
        self._form: Form | None = None  # made when it is displayed
        self._slots: list[str] = []  # the outputs that are saved with the prediction

    @property
    def committed(self) -> bool:
        """Whether a prediction was committed."""
        return self._verdict is not None

    @property
    def value(self) -> Any:
        """What was predicted, None before."""
        return None if self._verdict is None else self._verdict.value

    @property
    def is_right(self) -> bool | None:
        """Whether it is right; None before, and if nothing is right or wrong."""
        return None if self._verdict is None else self._verdict.is_right

    def commit(self, value: Any) -> None:
        """Commits to a prediction, as the button does; the first one stays.

        Raises ValueError for what is no prediction.
        """
        with TURN:
            if self._verdict is not None:
                return
            read = self._asked.read(value)
            self._verdict = Verdict(read, self._asked.is_right(read), self._asked.reply(read))
            self._commitment = uuid.uuid4().hex[:12]
            for slot in self._slots:
                display(self._saved(), raw=True, display_id=slot, update=True)
            gates, self._gates = self._gates, []
            for gate in gates:
                gate.open()
            if self._form is not None:
                self._form.state = json.dumps(self._state())

    def reveal(self, *results: Any) -> None:
        """Shows results, at once if a prediction was committed, else as soon as one is.

        Parameters
        ----------
        *results
            Anything that a notebook displays: a Result, a Player, an Exploration, a figure, text.
            A function is called without arguments, now, and what it prints, displays and returns
            is the result. An exception is raised at once; `record` shows a program that ends badly.

        If the question wasn't displayed yet, it is now, so that one line asks and reveals:
        `predict(...).reveal(record(main))`. Nothing waits: without a browser the cell runs through,
        and the result stands in a box of the page that a click opens.

        Raises TypeError if there is nothing to show.
        """
        if not results:
            raise TypeError("reveal needs a result, or a function that gives one")
        with TURN:
            shown = taken(results)
            if self._form is None:
                self._ipython_display_()
            if self._verdict is not None:
                show(shown)
                return
            gate = Gate(self.question, shown)
            gate.close()
            self._gates.append(gate)

    def keep(self, earlier: Prediction) -> None:
        """Takes over what was committed to the same question, when it was asked before."""
        if earlier.committed and earlier._facts() == self._facts():
            self._verdict, self._commitment = earlier._verdict, earlier._commitment
            self._is_kept = True

    def _facts(self) -> dict[str, Any]:
        return data_of(self._asked, self.name, None, "")

    def __repr__(self) -> str:
        said = "nothing yet" if self._verdict is None else repr(self.value)
        return f"<Prediction {self.name}: {said}>"

    def _ipython_display_(self) -> None:
        """The form, and beside it what is saved."""
        if self._form is None:
            self._form = Form(data=json.dumps(self._asked.view()), state=json.dumps(self._state()))
            self._form.on_msg(self._on_message)
        slot = uuid.uuid4().hex
        display(bundle_of_widget(self._form), raw=True)
        display(self._saved(), raw=True, display_id=slot)
        self._slots.append(slot)

    def _saved(self) -> dict[str, Any]:
        return bundle_of(self._asked, self.name, self._verdict, self._commitment)

    def _on_message(self, form: Any, message: Any, buffers: Any) -> None:
        if message.get("kind") == "here":
            form.send({"kind": "here"})
        elif message.get("kind") == "commit":
            try:
                self.commit(message.get("value"))
            except ValueError as error:
                form.send({"kind": "refused", "why": str(error)})

    def _state(self) -> dict[str, Any]:
        if self._verdict is None:
            return {}
        return {
            "predicted": self._asked.plain(self._verdict.value),
            "right": self._verdict.is_right,
            "said": self._verdict.words(),
            "commitment": self._commitment,
            "kept": self._is_kept,
        }


def predict(
    question: str,
    options: Any,
    *,
    answer: Any = None,
    replies: Any = None,
    tolerance: float | None = None,
    order: bool = False,
    name: str | None = None,
) -> Prediction:
    """Asks for a prediction; a later `reveal` shows the result as soon as one is committed.

        guess = predict("Which goroutine prints first?", ["main", "worker", "either"],
                        answer="either", replies={"main": "Nothing makes the worker wait."})
        guess                              # the last line of its cell shows the question
        guess.reveal(record(main))         # the last line of a later cell

    Running the cell of the question again withdraws the prediction; but if something else in the
    cell was changed, such as the program, it stays, and the changed program can be looked at. It is
    kept in the notebook's own output and sent nowhere; `predictions(folder)` counts those of a
    class. The answer stands in the cell: hide its code (View, Collapse Selected Code) in a lesson.

    Parameters
    ----------
    question
        Text; `code` may stand between backticks in it, as in options and replies.
    options
        A list of texts or numbers to choose one of; or `int`, `float` or a range `(low, high)` of
        whole or other numbers for a number that is typed in.
    answer
        The right option, number or order, or a list of several that are right. If left out, there
        is no right or wrong, only a commitment.
    replies
        What is said to a prediction: a dict by prediction, a list of (condition, text) of which the
        first that holds is said, or a function; both functions take the prediction.
    tolerance
        By how much a number may differ from the answer, 0 by default.
    order
        True: all options are put in order. The answer is a tuple, or a list of tuples.
    name
        Under which the prediction is kept; by default the words of the question.

    Raises TypeError or ValueError for arguments that make no question.
    """
    asked = ask(question, options, answer=answer, replies=replies, tolerance=tolerance, order=order)
    if name is not None and not isinstance(name, str):
        raise TypeError(f"name is a text, not {name!r}")
    if name is not None and not name.strip():
        raise ValueError("name is empty: leave it out, or give one")
    made = Prediction(asked, name.strip() if name is not None else name_of(asked.text))
    cell = _running_cell()
    earlier, its_cell = _made.get(made.name, (None, cell))
    if earlier is not None and cell != its_cell:
        made.keep(earlier)
    _made[made.name] = made, cell
    return made


# The newest prediction of each name in this session, and the text of the cell that made it.
_made: dict[str, tuple[Prediction, str]] = {}


def _running_cell() -> str:
    shell = get_ipython()
    history = None if shell is None else shell.history_manager
    return "" if history is None else str(history.input_hist_raw[-1])
