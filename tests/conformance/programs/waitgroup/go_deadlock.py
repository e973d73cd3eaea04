"""P191, K126: A goroutine of a group that waits for ever."""

from gochan import Chan, sync

c = Chan[int]()


def worker():
    c.recv()


def main():
    wg = sync.WaitGroup()
    wg.go(worker)
    wg.wait()
