"""D29: Closing the nil channel panics."""

from gochan import nil


def main():
    c = nil
    c.close()
