"""I92: The later lines of a panic's text are indented."""

from gochan import panic


def main():
    panic("first line\nsecond line\nthird line")
