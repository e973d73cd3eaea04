"""A3: The nil channel prints as <nil>."""

from gochan import nil


def main():
    c = nil
    print(c)
