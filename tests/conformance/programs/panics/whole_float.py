"""I91: A float without a fraction prints as Go prints it."""

from gochan import panic


def main():
    panic(2.0)
