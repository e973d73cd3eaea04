"""I91: A large float prints with an exponent."""

from gochan import panic


def main():
    panic(100000000.0)
