"""V246, K126: A function that never ends keeps Wait waiting."""

from gochan import Chan, errgroup

c = Chan[int]()


def worker():
    c.recv()


def main():
    g = errgroup.Group()
    g.go(worker)
    g.wait()
