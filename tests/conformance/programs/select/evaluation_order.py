"""G50: Channels and values of all cases are evaluated once, from top to bottom."""

from gochan import Chan, nil, recv, select, send


def channel(name, c):
    print("channel", name)
    return c


def value(n):
    print("value", n)
    return n


def main():
    a, b = Chan[int](), Chan[int](1)
    match select(
        recv(channel("a", a)),
        send(channel("b", b), value(2)),
        send(channel("nil", nil), value(3)),
    ):
        case 0, n, _:
            print("received", n)
        case 1, *_:
            print("sent")
        case 2, *_:
            print("never")
