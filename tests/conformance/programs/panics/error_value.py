"""I91: An error as a panic's value tells its text."""

from gochan import panic


def main():
    panic(OSError("disk full"))
