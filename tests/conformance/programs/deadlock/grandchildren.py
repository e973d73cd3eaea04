"""J102, K132: The dump says which goroutine started which."""

from gochan import Chan, go, time


def leaf(c):
    c.recv()


def branch(c):
    go(leaf, c)
    c.recv()


def main():
    c = Chan[int]()
    go(branch, c)
    time.sleep(1)
    go(branch, c)
    c.recv()
