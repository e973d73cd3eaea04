"""P183, J115: One Done too few: all wait."""

from gochan import go, sync


def worker(wg, n):
    if n == 2:
        return
    wg.done()


def main():
    wg = sync.WaitGroup()
    for n in range(3):
        wg.add(1)
        go(worker, wg, n)
    wg.wait()
