"""C24: A send that is tried on a full buffer changes nothing."""

from gochan import Chan, default, go, select, send, time


def main():
    c = Chan[int](2)
    c.send(1)
    c.send(2)
    go(c.send, 3)
    time.sleep(time.MILLISECOND)
    match select(send(c, 99), default):
        case 0, *_:
            print("sent")
        case 1, *_:
            print("full")
    print(c.recv(), c.recv(), c.recv(), len(c))
