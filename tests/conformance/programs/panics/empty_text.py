"""I91: A panic without words."""

from gochan import panic


def main():
    panic("")
