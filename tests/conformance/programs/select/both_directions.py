"""G63: Both directions of one buffer: whichever is possible."""

from gochan import Chan, recv, select, send


def step(c):
    match select(recv(c), send(c, 5)):
        case 0, n, _:
            print("received", n)
        case 1, *_:
            print("sent")


def main():
    c = Chan[int](1)
    for _ in range(4):
        step(c)
