"""H72: The arguments of a go statement are evaluated at once."""

from gochan import Chan, go


def show(label, n, done):
    print(label, n)
    done.send(True)


def main():
    done = Chan[bool]()
    n = 1
    go(show, "argument", n, done)
    n = 2
    done.recv()
    go(lambda: show("closure", n, done))
    done.recv()
