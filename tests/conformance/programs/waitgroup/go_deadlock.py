"""P191, K126: Goroutines of a group that wait for ever."""

from gochan import Chan, sync


def worker(c):
    c.recv()


def main():
    c = Chan[int]()
    wg = sync.WaitGroup()
    wg.go(lambda: worker(c))
    wg.wait()
