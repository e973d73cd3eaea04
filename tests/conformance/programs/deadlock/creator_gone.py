"""J102, K132: The creator is named when it has ended, too."""

from gochan import Chan, go, time


def leaf(c):
    c.recv()


def branch(c):
    go(leaf, c)


def main():
    c = Chan[int]()
    go(branch, c)
    time.sleep(1)
    c.recv()
