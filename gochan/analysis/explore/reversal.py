"""Dynamic partial-order reduction: which transitions of a run have to be tried the other way round.

Of two transitions that depend on each other, with nothing in between that orders them, the second
could have come first. So at the node before the first somebody has to be tried who leads there; if
one such is to be tried anyway, that is enough.

Source: Flanagan and Godefroid, "Dynamic partial-order reduction for model checking software"
(POPL 2005); Abdulla, Aronis, Jonsson and Sagonas, "Source sets" (JACM 2017).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from .history import Transition
from .operation import Name
from .touch import EVERYTHING, Touch, could_swap
from .tree import Node
from .walker import Walker

Touched = dict[Any, list[tuple[Transition, str]]]


def plan(walker: Walker, fresh: int, ended: bool) -> None:
    """Adds to the nodes of a run who else has to be tried there, for its transitions from `fresh`.

    `ended`: the last transition ended the program, so everything else depends on it.
    """
    history: Touched = defaultdict(list)
    transitions = walker.transitions
    for transition in transitions:
        is_end = ended and transition is transitions[-1]
        touches_all = is_end or any(touch.place is EVERYTHING for touch in transition.touches)
        if transition.index >= fresh:
            if touches_all:
                _plan_for_all(transition, walker)
            else:
                _plan_for_each(transition, history, walker)
        if touches_all and transition.node is not None:
            transition.node.add_all()
        for place, mode, _ in (*transition.touches, *transition.looks):
            history[place].append((transition, mode))
    if ended or walker.reason is not None:  # some were about to do something
        for transition in walker.left_undone():
            _plan_for_each(transition, history, walker)


def _plan_for_each(second: Transition, history: Touched, walker: Walker) -> None:
    """For the way that it went; and for each that was not open to it, which is another one."""
    _plan_for(second, _rivals(second.touches, history), walker)
    for look in second.looks:
        _plan_for(second, _rivals([look], history), walker)


def _rivals(touches: Iterable[Touch], history: Touched) -> list[Transition]:
    """The transitions before that touch the same and could come after it, in their order."""
    found = {
        first.index: first
        for place, mode, _ in touches
        for first, its_mode in history[place]
        if could_swap(its_mode, mode)
    }
    found.update((first.index, first) for first, _ in history[EVERYTHING])
    return [found[index] for index in sorted(found)]


def _plan_for(second: Transition, rivals: list[Transition], walker: Walker) -> None:
    """The last rival is enough: the others are found when that one has been tried.

    But for those before which the second stood and could not go on. It can come before such a one
    only if something in between lets it.
    """
    is_found = False
    for first in reversed(rivals):
        if not _is_free(first, second):
            continue
        between = _between(first, second, walker)
        if _stood_still(first, second):
            if any(second.past >> one.index & 1 for one in between):
                _reverse(first, second, between)
        elif _went_otherwise(first, second):
            _reverse(first, second, between)
        elif not is_found:
            is_found = True
            _reverse(first, second, between)


def _plan_for_all(second: Transition, walker: Walker) -> None:
    """What ends the program could come before anything that it knows nothing of."""
    for first in reversed(walker.transitions[: second.index]):
        if _is_free(first, second):
            _reverse(first, second, _between(first, second, walker))


def _between(first: Transition, second: Transition, walker: Walker) -> list[Transition]:
    """What was done between them and doesn't depend on the first."""
    steps = walker.transitions[first.index + 1 : second.index]
    return [one for one in steps if not one.past >> first.index & 1]


def _is_free(first: Transition, second: Transition) -> bool:
    """Whether the second knows nothing of the first, and the clock stood still between them."""
    return (
        first.goroutine != second.goroutine
        and first.era == second.era
        and not second.known >> first.index & 1
    )


def _stood_still(first: Transition, second: Transition) -> bool:
    """Whether the second could not go on before the first, and stood before its operation."""
    return second.operation.since <= first.index and second.goroutine in first.blocked


def _went_otherwise(first: Transition, second: Transition) -> bool:
    """Whether the second is a select that would have taken another way before the first."""
    return (
        second.operation.is_choice()
        and second.operation.since <= first.index
        and second.way not in [one.way for one in first.able]
    )


def _reverse(first: Transition, second: Transition, between: list[Transition]) -> None:
    """Sees to it that `between` and then the second are tried at the node before the first."""
    node: Node | None = first.node
    if node is None:  # there was no choice
        return
    way = [*between, second]
    mask = sum(1 << one.index for one in way)
    initials = [one.way[0] for one in way if not one.past & mask]
    if any(node.has(name) for name in initials):
        return
    names = {one[0] for one in node.ways}
    able = [name for name in initials if name in names]
    if not able:
        node.add_all()
        return
    name = second.way[0] if second.way[0] in able else able[0]
    node.add(name, _from(name, [one.way[0] for one in way]))


def _from(name: Name, names: list[Name]) -> list[Name]:
    """The way, with `name` first."""
    start = names.index(name)
    return names[:start] + names[start + 1 :]
