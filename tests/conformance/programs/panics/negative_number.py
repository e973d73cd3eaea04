"""I91: A panic with a negative number."""

from gochan import panic


def main():
    panic(-3)
