"""T218: A sync.Map compares before it swaps or deletes."""

from gochan import sync


def main():
    m = sync.Map()
    m.store("a", 1)
    print(
        m.compare_and_swap("a", 1, 2),
        m.compare_and_swap("a", 1, 3),
        m.compare_and_swap("b", 1, 2),
    )
    print(
        m.compare_and_delete("a", 1),
        m.compare_and_delete("a", 2),
        m.compare_and_delete("a", 2),
    )
    m.store("x", 1)
    m.clear()
    print(*m.load("x"))
