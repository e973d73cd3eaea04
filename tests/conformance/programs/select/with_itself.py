"""G62, K120: A select never meets itself."""

from gochan import Chan, recv, select, send


def main():
    c = Chan[int]()
    match select(send(c, 1), recv(c)):
        case 0, *_:
            print("sent")
        case 1, n, _:
            print("received", n)
