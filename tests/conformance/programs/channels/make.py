"""A1: Without a capacity, or with 0, a channel is unbuffered."""

from gochan import Chan


def main():
    print(Chan[int]().cap, Chan[int](0).cap, Chan[int](3).cap)
