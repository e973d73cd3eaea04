"""E34: A select that sends on a closed channel panics, even with a default."""

from gochan import Chan, default, select, send


def offer(c):
    match select(send(c, 1), default):
        case 0, *_:
            print("sent")
        case 1, *_:
            print("not sent")


def main():
    c = Chan[int]()
    offer(c)
    c.close()
    offer(c)
