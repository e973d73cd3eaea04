"""D27, K118: A send to the nil channel blocks for ever."""

from gochan import nil


def main():
    c = nil
    c.send(1)
