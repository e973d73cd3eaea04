"""I89, K132: Of a deep stack the dump shows both ends."""

from gochan import panic


def dive(depth):
    if depth == 0:
        panic("at the bottom")
    dive(depth - 1)


def main():
    dive(120)
