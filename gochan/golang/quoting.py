"""A result in words: what Go says, beside the lines of the cell that it is about."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .result import GoResult, Place, Report, Stack, exit_words

MARK = "▸"
AROUND = 1  # lines that are quoted before and after one
MOST_STACKS = 12
MOST_CALLS = 8
MOST_IDS = 8  # of goroutines that stand in the same place
LONGEST_LINE = 160  # characters


@dataclass(frozen=True)
class Block:
    """A paragraph: a heading, lines of the cell or of Go's, and text that is folded away."""

    heading: str = ""
    lines: tuple[str, ...] = ()
    strong: bool = False
    folded: str = ""


def blocks(result: GoResult, source: str) -> Iterator[Block]:
    """All there is to say about a result, except its output; nothing if all is well."""
    lines = source.splitlines()
    if result.vet:
        number = len(result.vet)
        yield Block(f"go vet has {number} finding{'s' if number != 1 else ''}", strong=True)
        yield from _errors(result.vet, lines)
    if result.message:
        yield Block(result.message, strong=True)
    if result.report is not None:
        yield from _report(result.report, lines)
    for number, race in enumerate(result.races, 1):
        if len(result.races) > 1 or result.kind != "race":
            yield Block(f"data race {number}", strong=True)
        yield from _report(race, lines)
    if result.kind in ("deadlock", "panic", "fatal", "race") and result.exit is not None:
        yield Block(exit_words(result.exit))
    for note in result.notes:
        yield Block(f"Note: {note}.")


def _report(report: Report, lines: list[str]) -> Iterator[Block]:
    groups = _grouped(report.stacks)
    for stack in groups[:MOST_STACKS]:
        if stack.title:
            yield Block(stack.title, tuple(_frames(stack, lines)))
        else:
            yield from _errors(stack.places, lines)
    if len(groups) > MOST_STACKS:
        yield Block(f"and {len(groups) - MOST_STACKS:,} more")
    if report.text:
        yield Block("Go's own words, in full", folded=report.text.rstrip())


def _grouped(stacks: tuple[Stack, ...]) -> list[Stack]:
    """Goroutines that are blocked in the same place in one."""
    same: dict[tuple[str, tuple[Place, ...]], list[str]] = {}
    for stack in stacks:
        found = re.fullmatch(r"goroutine (\d+) (\[.*\])", stack.title)
        number, state = (found[1], found[2]) if found else ("", stack.title)
        same.setdefault((state, stack.places), []).append(number)
    return [Stack(_title(state, ids), places) for (state, places), ids in same.items()]


def _title(state: str, ids: list[str]) -> str:
    if not ids[0]:
        return state
    if len(ids) == 1:
        return f"goroutine {ids[0]} {state}"
    more = f" and {len(ids) - MOST_IDS:,} more" if len(ids) > MOST_IDS else ""
    return f"{len(ids):,} goroutines {state}: {', '.join(ids[:MOST_IDS])}{more}"


def _frames(stack: Stack, lines: list[str]) -> Iterator[str]:
    """The innermost line among its neighbours, the others alone; a recursion's in one."""
    calls = [(place, len(list(same))) for place, same in itertools.groupby(stack.places)]
    for number, (place, times) in enumerate(calls[:MOST_CALLS]):
        created = place.text.startswith("created by")
        yield f"    {place.text}{f', {times} times' if times > 1 else ''}"
        yield from _quoted(place.line, lines, 0 if number or created else AROUND)
    if len(calls) > MOST_CALLS:
        yield f"    and {len(calls) - MOST_CALLS:,} more calls"


def _errors(places: Iterable[Place], lines: list[str]) -> Iterator[Block]:
    """What is wrong, and the line with a mark below the place."""
    for place in places:
        quoted = list(_quoted(place.line, lines, 0))
        whole = lines[place.line - 1] if place.line <= len(lines) else ""
        before = whole.encode()[: max(0, place.column - 1)].decode(errors="replace")
        if place.column and quoted and len(_spread(before)) < LONGEST_LINE:
            quoted.append(f"       {re.sub(r'[^ ]', ' ', _spread(before))}^")
        yield Block(place.text, tuple(quoted))


def _quoted(line: int, lines: list[str], around: int) -> Iterator[str]:
    for number in range(line - around, line + around + 1):
        if 1 <= number <= len(lines) and (number == line or lines[number - 1].strip()):
            mark = MARK if number == line else " "
            text = _spread(lines[number - 1].rstrip())
            cut = f"{text[:LONGEST_LINE]} ..." if len(text) > LONGEST_LINE else text
            yield f"{mark} {number:3}  {cut}"


def _spread(text: str) -> str:
    return text.replace("\t", "    ")
