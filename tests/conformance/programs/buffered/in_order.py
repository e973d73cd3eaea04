"""C21: Values leave a buffer in the order in which they came."""

from gochan import Chan


def main():
    c = Chan[str](4)
    for word in ("one", "two", "three", "four"):
        c.send(word)
    for _ in range(4):
        print(c.recv())
