"""J115, K123: Two locks, taken in opposite order."""

from gochan import go, sync, time


def worker(first, second):
    first.lock()
    time.sleep(1)
    second.lock()


def main():
    a, b = sync.Mutex(), sync.Mutex()
    go(worker, a, b)
    worker(b, a)
