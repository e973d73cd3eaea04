"""A3: The nil channel has length 0 and capacity 0, and equals itself."""

from gochan import Chan, nil


def main():
    c = d = nil
    print(len(c), c.cap, c is nil, c == d)
    print(c == Chan[int]())
