"""E37: Closing wakes every receiver, as a starting gun does."""

from gochan import Chan, sync, time


def main():
    start = Chan()
    wg = sync.WaitGroup()
    started = 0

    def runner():
        nonlocal started
        start.recv()
        started += 1

    for _ in range(5):
        wg.go(runner)
    time.sleep(1)
    print("started", started)
    start.close()
    wg.wait()
    print("started", started)
