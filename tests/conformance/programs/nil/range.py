"""D28, K119: A range over the nil channel blocks for ever."""

from gochan import nil


def main():
    c = nil
    for n in c:
        print(n)
