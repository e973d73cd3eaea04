"""G56, G58: The default is taken only if nothing is ready, wherever it is listed."""

from gochan import Chan, default, recv, select


def main():
    c = Chan[int](1)
    for _ in range(3):
        match select(default, recv(c)):
            case 0, *_:
                print("nothing there")
                c.send(5)
            case 1, n, _:
                print("received", n)
