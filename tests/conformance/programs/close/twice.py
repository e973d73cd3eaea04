"""E35: Closing a closed channel panics."""

from gochan import Chan


def main():
    c = Chan[int]()
    c.close()
    c.close()
