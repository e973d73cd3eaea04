"""H72: The function of a go statement is evaluated at once as well."""

from gochan import Chan, go


def one(done):
    print("one")
    done.send(True)


def two(done):
    print("two")
    done.send(True)


def main():
    done = Chan[bool]()
    f = one
    go(f, done)
    f = two
    done.recv()
    go(f, done)
    done.recv()
