"""T219: Range visits each key once, may delete, and stops on false."""

from gochan import sync


def main():
    m = sync.Map()
    for n in range(6):
        m.store(n, n * n)
    total = 0

    def add(key, value):
        nonlocal total
        total += value
        m.delete(key)
        return True

    m.range(add)
    print(total)
    m.store("a", 1)
    m.store("b", 2)
    visits = 0

    def stop(key, value):
        nonlocal visits
        visits += 1
        return False

    m.range(stop)
    print(visits)
