"""Circles in a graph of who waits for whom."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

Node = int | str  # a goroutine or a thing
Edges = Mapping[Node, Sequence[Node]]


def groups(edges: Edges) -> list[set[Node]]:
    """The strongly connected parts of more than one node.

    Source: R. Tarjan, Depth-first search and linear graph algorithms (1972), without recursion.
    """
    groups: list[set[Node]] = []
    number: dict[Node, int] = {}
    lowest: dict[Node, int] = {}
    path: list[Node] = []
    on_path: set[Node] = set()
    for root in list(edges):
        stack = [(root, iter(edges.get(root, ())))] if root not in number else []
        while stack:
            node, rest = stack[-1]
            if node not in number:
                number[node] = lowest[node] = len(number)
                path.append(node)
                on_path.add(node)
            following = next(rest, None)
            if following is None:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    lowest[above] = min(lowest[above], lowest[node])
                if lowest[node] == number[node]:
                    at = path.index(node)
                    if len(path) - at > 1:
                        groups.append(set(path[at:]))
                    on_path.difference_update(path[at:])
                    del path[at:]
            elif following not in number:
                stack.append((following, iter(edges.get(following, ()))))
            elif following in on_path:
                lowest[node] = min(lowest[node], number[following])
    return groups


def reached(start: Node, edges: Edges) -> set[Node]:
    """All that is reached from a node, with itself."""
    found = {start}
    waiting = [start]
    while waiting:
        for other in edges.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def ring(start: Node, edges: Edges) -> list[Node]:
    """The shortest way from a node back to itself."""
    before: dict[Node, Node] = {}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for other in edges.get(node, ()):
            if other == start:
                way = [node]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return way[::-1]
            if other not in before:
                before[other] = node
                waiting.append(other)
    raise AssertionError("a cycle without a way round")
