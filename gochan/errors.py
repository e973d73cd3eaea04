"""How a program can end badly, in Go's words.

A `Panic` belongs to one goroutine and can be caught there, as Go's `recover` does. A `FatalError`
comes from outside the goroutines: no goroutine can catch it, and the run raises it at its end.
Each carries `report`, the text that Go prints on a crash, once the run knows it.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .runtime.goroutine import GoroutineInfo

SHOWN_IN_A_NOTEBOOK = 12
NIL_DEREFERENCE = "runtime error: invalid memory address or nil pointer dereference"


class ProgramError(Exception):
    """What the errors of a program have in common: a report, shown instead of a stack of frames."""

    report: str = ""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of its own traceback."""
        return (self.report or str(self)).splitlines()


class Panic(ProgramError):
    """Raised by `panic(value)` and by a channel or lock that is misused.

    Parameters
    ----------
    value
        What `recover()` would return in Go; any object. None becomes Go's own sentence about it.

    Source: Go specification, "Handling panics".
    """

    def __init__(self, value: object = None) -> None:
        if value is None:
            value = "runtime error: panic called with nil argument"
        super().__init__(value)
        self.value = value

    def __str__(self) -> str:
        return panic_text(self.value)


class FatalError(ProgramError):
    """Ends the program from outside the goroutines; nothing inside the program can catch it."""


class Deadlock(FatalError):
    """Every goroutine is blocked and no timer is set.

    `goroutines` is a list of `GoroutineInfo`, goroutine 1 first; the text is what Go prints: the
    fatal line, then a block for each goroutine.

    Source: Go's runtime/proc.go, checkdead.
    """

    def __init__(self, goroutines: list[GoroutineInfo] | None = None) -> None:
        super().__init__("all goroutines are asleep - deadlock!")
        self.goroutines = goroutines or []

    def __str__(self) -> str:
        return self._text(len(self.goroutines))

    def _text(self, shown: int) -> str:
        blocks = ["fatal error: all goroutines are asleep - deadlock!"]
        blocks += [info.dump() for info in self.goroutines[:shown]]
        hidden = len(self.goroutines) - shown
        if hidden > 0:
            blocks.append(f"... and {hidden:,} more goroutines")
        return "\n\n".join(blocks)

    def _render_traceback_(self) -> list[str]:
        return self._text(SHOWN_IN_A_NOTEBOOK).splitlines()


class BudgetExceeded(ProgramError):
    """The program used up `max_steps` or `timeout`, which it should not have reached."""


def panic_text(value: Any) -> str:
    """What Go prints for a panic's value: strings and errors as they are, the rest by its form.

    Source: Go's runtime/panic.go, printpanicval.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if type(value) is float:
        return _float_text(value)
    return text_of(value)


def _float_text(value: float) -> str:
    """The fewest digits that tell it from its neighbours, with an exponent from 1e+06 on."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else f"{'+' if value > 0 else '-'}Inf"
    digits = len(Decimal(repr(value)).normalize().as_tuple().digits)
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    if -4 <= int(exponent) < 6:
        return f"{value:.{max(0, digits - 1 - int(exponent))}f}"
    return f"{mantissa}e{exponent}"


def text_of(value: Any) -> str:
    """`str(value)`, also of a value whose `__str__` fails: the report must not fail with it."""
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - it is the program's method, and may raise anything
        return f"<{type(value).__name__}>"
