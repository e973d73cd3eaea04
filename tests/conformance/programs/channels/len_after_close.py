"""A6: Length and capacity are still told after close."""

from gochan import Chan


def main():
    c = Chan[str](3)
    c.send("a")
    c.send("b")
    c.close()
    print(len(c), c.cap)
    c.recv()
    c.recv()
    c.recv()
    print(len(c), c.cap)
