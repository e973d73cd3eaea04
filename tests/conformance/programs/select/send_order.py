"""G52: A send evaluates the channel, then the value, and then it waits."""

from gochan import nil


def channel(c):
    print("channel")
    return c


def value():
    print("value")
    return 1


def main():
    channel(nil).send(value())
