"""T218: Keys of different types are different keys."""

from gochan import sync


def main():
    m = sync.Map()
    m.store(1, "an integer")
    m.store(1.0, "a float")
    m.store(True, "a truth value")
    print(*m.load(1))
    print(*m.load(1.0))
    print(*m.load(True))
