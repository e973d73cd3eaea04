"""I90: A panic shows its own goroutine alone."""

from gochan import Chan, go, panic, time


def waiter(c):
    c.recv()


def worker():
    time.sleep(1)
    panic("boom")


def main():
    c = Chan[int]()
    go(waiter, c)
    go(worker)
    c.recv()
