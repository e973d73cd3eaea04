"""D30: In a select the nil channel is never ready."""

from gochan import default, nil, recv, select, send


def main():
    c = nil
    match select(recv(c), send(c, 1), default):
        case 0, n, _:
            print("received", n)
        case 1, *_:
            print("sent")
        case 2, *_:
            print("neither")
