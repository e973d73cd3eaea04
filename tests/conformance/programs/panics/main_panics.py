"""I89: A panic that nobody recovers ends the program with status 2."""

from gochan import panic


def main():
    print("before")
    panic("boom")
