"""C21: A send doesn't block while there is room."""

from gochan import Chan, default, select, send


def main():
    c = Chan[int](3)
    for n in range(5):
        match select(send(c, n), default):
            case 0, *_:
                print("sent", n, len(c))
            case 1, *_:
                print("full", n, len(c))
