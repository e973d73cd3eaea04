"""Who is still blocked, where, on what, and why nobody wakes it: for deadlocks and leaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..analysis.waiting_for import WaitGraph, waiting_for
from ..runtime.goroutine import GoroutineInfo
from ..runtime.source import Where
from ..trace.trace import CLOCK, Trace
from .places import Places

MOST_GROUPS = 4

DOES = {
    "chan send": "still blocked sending on {}",
    "chan receive": "still blocked receiving from {}",
    "select": "still blocked in a select on {}",
    "chan send (nil chan)": "blocked for ever: a send on a nil channel",
    "chan receive (nil chan)": "blocked for ever: a receive from a nil channel",
    "select (no cases)": "blocked for ever: a select without a case",
    "sync.Mutex.Lock": "still waiting to lock {}",
    "sync.RWMutex.Lock": "still waiting to lock {}",
    "sync.RWMutex.RLock": "still waiting to read-lock {}",
    "sync.WaitGroup.Wait": "still waiting for {} to come down to zero",
    "sync.Cond.Wait": "still waiting for a signal on {}",
}

Group = tuple[str, str, Where, Where]  # name, reason, where it stands, where it was started


def told(
    infos: Sequence[GoroutineInfo], trace: Trace, places: Places, *, births: bool
) -> list[str]:
    """For each group of goroutines that are stuck alike: a sentence, and the line in the program.

    Parameters
    ----------
    births
        Whether to say where they were started.
    """
    graph = waiting_for(trace)
    groups: dict[Group, list[GoroutineInfo]] = defaultdict(list)
    for info in infos:
        groups[info.name, info.state, places.best(info.stack), info.created_at].append(info)
    lines = []
    for (_, _, where, birth), members in list(groups.items())[:MOST_GROUPS]:
        text = f"{who(members)} {_does(members, graph)}, {places.name(where)}"
        why = _why(members[0], graph)
        lines.append(f"{text}: {why}" if why else text)
        lines += places.quoted(where)
        if births and birth.line:
            lines.append(f"    started on {places.name(birth)}")
    left = len(groups) - MOST_GROUPS
    if left > 0:
        lines.append(f"... and {left:,} more")
    return lines


def who(members: Sequence[GoroutineInfo]) -> str:
    """`goroutine 3 (worker)`, `goroutines 3, 4 and 5 (worker)`."""
    numbers = [str(info.id) for info in members]
    if len(numbers) == 1:
        return f"goroutine {numbers[0]} ({members[0].name})"
    if len(numbers) > MOST_GROUPS:
        return f"{len(numbers):,} goroutines ({members[0].name})"
    return f"goroutines {', '.join(numbers[:-1])} and {numbers[-1]} ({members[0].name})"


def _does(members: Sequence[GoroutineInfo], graph: WaitGraph) -> str:
    info = members[0]
    verb = "is" if len(members) == 1 else "are"
    things = [wait.thing for wait in graph.waits if wait.goroutine == info.id]
    named = _or(f"`{name}`" for name in things or [info.waiting_on or "?"])
    return f"{verb} {DOES.get(info.state, f'blocked [{info.state}]').format(named)}"


def _or(names: Iterable[str]) -> str:
    *others, last = dict.fromkeys(names)
    return f"{', '.join(others)} or {last}" if others else last


def _why(info: GoroutineInfo, graph: WaitGraph) -> str:
    """Nobody could help; or who could, but doesn't."""
    if info.state not in DOES or "for ever" in DOES[info.state]:
        return ""
    things = {wait.thing for wait in graph.waits if wait.goroutine == info.id}
    helps = [one for one in graph.helps if one.thing in things and one.goroutine != CLOCK]
    if not helps:
        words = {one.words for one in graph.things if one.name in things}
        return " and ".join(sorted(words)) if words else ""
    names = {party.id: f"goroutine {party.id} ({party.name})" for party in graph.parties}
    first = helps[0]
    other = names.get(first.goroutine, f"goroutine {first.goroutine}")
    if first.goroutine == info.id:
        return "it holds the lock itself"
    if first.holds:
        return f"{other} holds it, and is blocked itself"
    return f"{other} could help, but is blocked itself"
