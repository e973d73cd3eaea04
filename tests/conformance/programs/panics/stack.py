"""I89, K132: The dump names the functions on the way, innermost first."""

from gochan import go, panic, time


def inner():
    panic("deep down")


def middle():
    inner()


def worker():
    middle()


def main():
    go(worker)
    time.sleep(1)
