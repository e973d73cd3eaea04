"""Running a notebook's cells so that one bad cell costs one exercise.

A cell that ends the kernel's process, or goes on for ever, would leave all checks behind it
without a verdict; and nbgrader gives a check without a verdict full marks. Here the notebook is run
again in a new kernel, without that cell and the check that belongs to it; both get an error.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade

MOST_TEXT = 100_000  # characters that a cell's output may have; what comes after is left out

ENDED = "this cell ended the whole Python process, for instance by exit() or os._exit()"
TOO_LONG = "this cell was still running after {} seconds and was stopped"
NOT_RUN = "not checked, for a cell above ended Python or had to be stopped"


class SteadyExecute(Execute):
    """nbgrader's Execute, but a kernel that dies or hangs doesn't take the other cells along."""

    interrupt_on_timeout = False  # after an interrupt some programs go on
    raise_on_iopub_timeout = False  # much output is no reason to stop
    shutdown_kernel = "immediate"  # there is nothing to save

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Runs the cells; each gets its outputs. Those given up get an error."""
        self.given_up: dict[int, NotebookNode] = {}
        while True:
            self.text: Counter[int] = Counter()
            try:
                done: tuple[NotebookNode, dict[str, Any]] = super().preprocess(nb, resources, km)
            except DeadKernelError:
                self._give_up(nb, "KernelEnded", ENDED)
            except CellTimeoutError:
                self._give_up(nb, "TimeUp", TOO_LONG.format(self.timeout))
            else:
                return done

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Runs a cell, unless it was given up."""
        self.at = index
        if index in self.given_up:
            cell.outputs = [self.given_up[index]]
            return cell, resources
        done: tuple[NotebookNode, dict[str, Any]] = super().preprocess_cell(cell, resources, index)
        return done

    def _give_up(self, nb: NotebookNode, name: str, sentence: str) -> None:
        self.given_up[self.at] = _error(name, sentence)
        if not is_grade(nb.cells[self.at]):
            below = range(self.at, len(nb.cells))
            check = next((one for one in below if is_grade(nb.cells[one])), None)
            if check is not None:
                self.given_up.setdefault(check, _error(name, NOT_RUN))

    def on_cell_executed(self, **facts: Any) -> None:
        """Notices exit(), after which a kernel lives on for a moment."""
        super().on_cell_executed(**facts)
        payload = facts["execute_reply"]["content"].get("payload", [])
        if any(one.get("source") == "ask_exit" for one in payload):
            raise DeadKernelError("exit")

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> Any:
        """Takes in an output, unless the cell has printed too much already."""
        if msg["msg_type"] == "stream":
            self.text[cell_index] += len(msg["content"]["text"])
            if self.text[cell_index] > MOST_TEXT:
                return None
        return super().output(outs, msg, display_id, cell_index)


def _error(name: str, sentence: str) -> Any:
    return new_output("error", ename=name, evalue=sentence, traceback=[f"{name}: {sentence}"])
