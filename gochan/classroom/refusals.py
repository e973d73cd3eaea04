"""What is said of a solution without a schedule: it is no function, or takes other arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from ..runtime.goroutine import function_name
from ..runtime.shown import short_repr
from ..runtime.words import refuse_generators
from .cases import Case, argument
from .foreign import forbidden
from .task import Task
from .told import Told
from .trying import Trial, trace_of
from .values import brief


def refused(task: Task) -> str | None:
    """Why it isn't even run."""
    refusal = no_function(task.solution, is_alone=task.around is None)
    if refusal is None and task.around is None:
        calls = (wrong_call(task.solution, case) for case in task.cases)
        refusal = next((call for call in calls if call is not None), None)
    return refusal or forbidden(task.name, task.uses, task.without, task.places)


def too_few_goroutines(task: Task, trials: Sequence[Trial]) -> str | None:
    """Why a solution fails that starts too few."""
    most = max(trial.started_by_solution() for trial in trials)
    if most >= task.goroutines:
        return None
    count = f"only {most} goroutine{'s' if most != 1 else ''}" if most else "no goroutine"
    return (
        f"{task.name} returns what it should, but starts {count}: "
        f"at least {task.goroutines} must work at the same time"
    )


def always_the_same(task: Task, trials: Sequence[Trial]) -> Told | None:
    """An answer that is right for one case, and given in all of them."""
    values = {trial.first.value for trial in trials}
    right = [trial for trial in trials if trial.first.complaint is None]
    wrong = [trial for trial in trials if trial.first.complaint is not None]
    if values == {""} or len(values) > 1 or not right or not wrong:
        return None
    text = (
        f"The answer is {values.pop()} whatever {task.name} is given: "
        f"right for {right[0].call}, but not for {wrong[0].call}"
    )
    expect = wrong[0].case.expect
    text = text if callable(expect) else f"{text}, where {brief(expect)} is expected"
    return Told(text, trace_of(wrong[0].first.result))


def no_function(solution: Any, *, is_alone: bool) -> str | None:
    """Why this is no solution at all; `is_alone`: it runs as main, and no program makes one of it.

    A class is one if a program makes objects of it.
    """
    if solution is None:
        return "the solution is None: it should be a function"
    if not callable(solution):
        return f"the solution is {short_repr(solution)}: it should be a function, not its result"
    if is_alone and isinstance(solution, type):
        return f"{solution.__name__} is a class: it should be a function"
    try:
        refuse_generators(solution)
    except TypeError as error:
        return str(error)
    return None


def wrong_call(solution: Callable[..., Any], case: Case) -> str | None:
    """How the signature differs from what a case gives."""
    try:
        signature = inspect.signature(solution)
    except (TypeError, ValueError):
        return None  # one of Python's own, which has none
    try:
        signature.bind(*case.args)
    except TypeError as error:
        name, given = function_name(solution), len(case.args)
        what = f"{given} argument{'s' if given != 1 else ''}"
        listed = f" ({', '.join(map(argument, case.args))})" if given else ""
        return f"{name}{signature} is called with {what}{listed}: {error}"
    return None
