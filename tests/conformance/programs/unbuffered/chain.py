"""B19: A value passes through a thousand goroutines."""

from gochan import Chan, go


def pass_on(source, to):
    to.send(1 + source.recv())


def main():
    first = last = Chan[int]()
    for _ in range(1000):
        following = Chan[int]()
        go(pass_on, last, following)
        last = following
    first.send(0)
    print(last.recv())
