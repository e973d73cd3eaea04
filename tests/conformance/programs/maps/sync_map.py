"""T218: A sync.Map: what its operations give back."""

from gochan import sync


def main():
    m = sync.Map()
    print(*m.load("a"))
    m.store("a", 1)
    print(*m.load("a"))
    print(*m.load_or_store("a", 2))
    print(*m.load_or_store("b", 3))
    print(*m.swap("a", 4))
    print(*m.swap("c", 5))
    print(*m.load_and_delete("a"))
    print(*m.load_and_delete("a"))
    m.delete("b")
    print(*m.load("b"))
