"""G54: A channel that is listed twice is drawn twice as often."""

from gochan import Chan, recv, select


def main():
    a, b = Chan[int](1), Chan[int](1)
    from_a = 0
    for _ in range(3000):
        a.send(1)
        b.send(1)
        match select(recv(a), recv(a), recv(b)):
            case 0 | 1, *_:
                from_a += 1
                b.recv()
            case 2, *_:
                a.recv()
    print(from_a > 1800, from_a < 2200)
