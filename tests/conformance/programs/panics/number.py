"""I91: The value of a panic may be a number."""

from gochan import panic


def main():
    panic(42)
