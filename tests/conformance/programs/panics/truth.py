"""I91: The value of a panic may be a truth value."""

from gochan import panic


def main():
    panic(True)
