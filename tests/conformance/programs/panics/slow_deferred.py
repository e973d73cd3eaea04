"""I85, I88: Deferred calls of a dying goroutine may wait; the others run meanwhile."""

from gochan import go, panic, time


def ticking():
    for n in range(5):
        time.sleep(0.3)
        print("tick", n)


def worker():
    try:
        panic("boom")
    finally:
        time.sleep(1)


def main():
    go(ticking)
    go(worker)
    time.sleep(time.MINUTE)
