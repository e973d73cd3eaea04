"""E34: A send on a closed channel panics."""

from gochan import Chan


def main():
    c = Chan[int](1)
    c.close()
    c.send(1)
