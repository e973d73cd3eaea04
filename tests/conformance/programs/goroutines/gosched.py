"""H78: Gosched lets all run that can."""

from gochan import go, runtime


def main():
    count = 0

    def worker():
        nonlocal count
        count += 1

    for _ in range(5):
        go(worker)
    runtime.gosched()
    print(count)
