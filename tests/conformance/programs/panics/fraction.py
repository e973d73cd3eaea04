"""I91: The value of a panic may be a fraction."""

from gochan import panic


def main():
    panic(1.5)
