"""T218: Many write to a sync.Map at once."""

from gochan import sync


def main():
    m = sync.Map()
    wg = sync.WaitGroup()
    for n in range(20):
        wg.go(m.store, n % 5, n)
    wg.wait()
    count = 0

    def add(key, value):
        nonlocal count
        count += 1
        return True

    m.range(add)
    print(count)
