"""J102, K132: The dump shows the way to where each one waits."""

from gochan import Chan, go


def take(c):
    return c.recv()


def following(c):
    return take(c) + 1


def worker(c):
    print(following(c))


def main():
    c = Chan[int]()
    go(worker, c)
    print(following(c))
