"""A program that does something else when it is run again under the same schedule, and why."""

from __future__ import annotations

from .foreign import unsteady
from .leftovers import Kept
from .task import Task
from .trying import Trial

EVERY_RUN = "A check runs it again and again, and every run has to begin as the first one did"


def is_unsteady(trial: Trial) -> bool:
    """Whether the second run came to something else than the first one.

    Or to the same in another way, because of what the first one left behind: then what is done
    only once would not be tried under every schedule.
    """
    first, second = trial.first, trial.second
    if first.came_to != second.came_to:
        return True
    return first.steps != second.steps and trial.leftovers.changed() is not None


def why_unsteady(task: Task, trial: Trial) -> str:
    """Why the same schedule comes to something else when it is run again."""
    first, second = trial.first.came_to, trial.second.came_to
    lines = [f"{trial.call} does something else when it is run again"]
    if first != second:
        lines[0] += f": first it {first}, then it {second}"
    use = unsteady(task.uses)
    kept = trial.leftovers.changed()
    if kept is not None:
        lines += _told(kept, task)
    elif use is not None:
        lines.append(f"`{use.dotted}` on {task.places.name(use.where)} is different every time")
        lines += task.places.quoted(use.where)
    else:
        lines.append("It must use no random numbers, no real clock, and nothing kept from before")
    return "\n".join([*lines, EVERY_RUN])


def _told(kept: Kept, task: Task) -> list[str]:
    where = kept.where()
    at = f" on {task.places.name(where)}" if where.line else ""
    if kept.is_default:
        what, instead = f"is a default value{at}", "Make it in the body of the function"
    elif "." in kept.name:
        what, instead = f"belongs to the class{at}, not to an object", "Make it in __init__"
    else:
        what, instead = f"is made{at}, outside of the function", "Make it inside the function"
    return [
        f"`{kept.name}` {what}: it is made only once, and keeps what earlier runs left in it",
        *task.places.quoted(where),
        instead,
    ]
