"""What the learner may be after, and whether a run came to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ..analysis.explore.verdict import DEADLOCK, FATAL, LEAK, OK, PANIC, WRONG, Outcome
from ..runtime import event as kinds
from ..trace.trace import Event

RACE, FINISH = "race", "finish"

# In words, and the kinds of outcome that are meant; a lost update is seen in the trace.
GOALS: dict[str, tuple[str, tuple[str, ...]]] = {
    DEADLOCK: ("make everybody wait for ever: a deadlock", (DEADLOCK,)),
    RACE: ("lose an update: let a write overwrite what its writer has never seen", ()),
    LEAK: ("let main return while somebody is stuck for ever: a leak", (LEAK,)),
    PANIC: ("make the program panic", (PANIC, FATAL)),
    WRONG: ("make main return a wrong result", (WRONG,)),
    FINISH: ("bring the program to its end, without harm", (OK,)),
}


class LostUpdate(NamedTuple):
    """A write that was made without knowing of the one before."""

    step: int
    thing: str
    writer: int
    value: str
    lost: str
    lost_by: int


def lost_update(events: Iterable[Event]) -> LostUpdate | None:
    """The first write that overwrote what somebody else had written since its writer last read."""
    version: dict[str, int] = {}
    last: dict[str, Event] = {}
    seen: dict[tuple[int, str], int] = {}
    for event in events:
        name, who = event.object, event.goroutine
        if name is None:
            continue
        now = version.get(name, 0)
        if event.kind in (kinds.READ, kinds.LOAD):
            seen[who, name] = now
        elif event.kind in (kinds.WRITE, kinds.STORE):
            before = last.get(name)
            if before is not None and seen.get((who, name), now) < now:
                value, lost = event.value or "", before.value or ""
                return LostUpdate(event.step, name, who, value, lost, before.goroutine)
            version[name] = seen[who, name] = now + 1
            last[name] = event
    return None


def is_reached(goal: str, outcomes: Iterable[Outcome], events: Iterable[Event]) -> bool:
    """Whether a run that ended with these outcomes came to the goal."""
    if goal == RACE:
        return lost_update(events) is not None
    kinds_meant = GOALS[goal][1]
    return any(one.kind in kinds_meant for one in outcomes)


def check_goal(goal: Any, expect: Any) -> None:
    """Raises TypeError or ValueError, in a sentence, for a goal that makes no sense."""
    if not isinstance(goal, str):
        raise TypeError(f"goal is a word, not {goal!r}")
    if goal not in GOALS:
        words = ", ".join(f'"{word}"' for word in GOALS)
        raise ValueError(f"goal is one of {words}, not {goal!r}")
    if goal == WRONG and expect is None:
        raise ValueError('goal="wrong" needs expect=, what main should return')
