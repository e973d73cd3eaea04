"""D26, K119: A receive from the nil channel blocks for ever."""

from gochan import nil


def main():
    c = nil
    print("before")
    print(c.recv())
