"""K129: Who waits for a Once waits for the mutex inside."""

from gochan import Chan, go, sync, time

once = sync.Once()
c = Chan[int]()


def prepare():
    c.recv()


def worker():
    once.do(prepare)


def main():
    go(worker)
    time.sleep(1)
    once.do(prepare)
