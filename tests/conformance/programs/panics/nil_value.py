"""I93: A panic with nil has words of its own."""

from gochan import panic


def main():
    panic(None)
