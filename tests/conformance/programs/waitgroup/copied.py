"""P194, K126: Done on a copy is lost: Wait waits for ever."""

import copy

from gochan import go, sync


def worker(wg):
    wg.done()


def main():
    wg = sync.WaitGroup()
    wg.add(1)
    go(worker, copy.copy(wg))
    wg.wait()
