"""F49, J101: Who forgets to close leaves the reader waiting."""

from gochan import Chan, go


def produce(c):
    for n in range(3):
        c.send(n)


def main():
    c = Chan[int]()
    go(produce, c)
    for n in c:
        print(n)
