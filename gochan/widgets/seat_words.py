"""What the Seat says: the goal, how it ended, and what a hint means."""

from __future__ import annotations

from typing import Any

from ..analysis.explore.verdict import BUDGET, DEADLOCK, FATAL, LEAK, OK, PANIC, WRONG
from ..stepping import GOALS, Hint, Position
from ..stepping.goals import FINISH, RACE
from .levels import Level

HARMLESS = "It ran through without harm; sabotage it before it finishes."
WON = {
    DEADLOCK: "Deadlock! Nobody can go on.",
    RACE: "An update is lost!",
    LEAK: "A leak! Main has returned, and somebody is stuck for ever.",
    PANIC: "Panic!",
    FATAL: "A fatal error!",
    WRONG: "A wrong result!",
    OK: "You brought it to its end.",
}
OTHERWISE = {
    DEADLOCK: "It ended in a deadlock",
    LEAK: "It ended with a leak",
    PANIC: "It ended in a panic",
    FATAL: "It ended in a fatal error",
    WRONG: "It ended with a wrong result",
    BUDGET: "It was stopped, because it goes on and on",
}


def goal_text(level: Level) -> str:
    """What the learner is to do, without the full stop."""
    if level.wanted:
        return level.wanted
    text = GOALS[level.goal][0]
    if level.goal == WRONG and not callable(level.expect):
        return f"make main return something else than {level.expect!r}"
    return text


def banner(level: Level, position: Position) -> dict[str, Any] | None:
    """How it ended, if it did: whether that is the goal, in a headline, and what to learn."""
    ending = position.ending
    if ending is None:
        return None
    detail = _detail(position)
    if ending.is_won:
        count = len(position.moves)
        moves = f"{count} move{'s' if count != 1 else ''}."
        text = f"{detail} {moves}".strip()
        return {"won": True, "head": WON[ending.kind], "text": text, "lesson": level.lesson}
    if ending.kind in OTHERWISE:
        head = f"{OTHERWISE[ending.kind]}, which is not the goal here."
    elif level.goal == FINISH:
        head = "It came to its end, but not well."
    else:
        head = HARMLESS
    return {"won": False, "head": head, "text": f"{detail} Undo, and try another way.".strip()}


def _detail(position: Position) -> str:
    ending = position.ending
    assert ending is not None
    if ending.kind in (DEADLOCK, LEAK):
        return f"Stuck: {_listed([one.who for one in position.standings])}."
    if ending.kind == RACE:
        return f"{ending.detail}."
    if ending.kind == OK:
        return "" if ending.detail == "None" else f"main returned {ending.detail}."
    if ending.kind == WRONG:
        return f"main returned {ending.detail}."
    return f"{ending.detail[:1].upper()}{ending.detail[1:]}."


def _listed(names: list[str]) -> str:
    """`ann, bob and cem`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def hint_text(hint: Hint | None, position: Position) -> dict[str, Any] | None:
    """The hint in words, and the index of the move that it means."""
    if hint is None:
        return None
    if hint.move is not None:
        index = next(k for k, one in enumerate(position.options) if one.way == hint.move)
        one = position.options[index]
        left = "the goal is one move away" if hint.left == 1 else f"{hint.left} moves to the goal"
        about = "" if hint.is_certain else "about "
        return {"index": index, "text": f"Let {one.who} go: {one.text}. {about}{left}.", "undo": 0}
    if position.ending is not None and position.ending.is_won:
        return {"index": None, "text": "You are there.", "undo": 0}
    if hint.undo:
        times = f"{hint.undo} move{'s' if hint.undo != 1 else ''}"
        text = f"From here the goal can't be reached any more: take back {times}."
        if not hint.is_certain:
            text = f"No way to the goal was found from here: take back {times}."
        return {"index": None, "text": text, "undo": hint.undo}
    text = "No schedule of this program comes to the goal."
    if not hint.is_certain:
        text = "No way to the goal was found; there are too many to try them all."
    return {"index": None, "text": text, "undo": 0}
