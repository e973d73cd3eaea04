"""J101, J102: Each waits for the other's value."""

from gochan import Chan, go


def worker(a, b):
    b.send(a.recv())


def main():
    a, b = Chan[int](), Chan[int]()
    go(worker, a, b)
    a.send(b.recv())
