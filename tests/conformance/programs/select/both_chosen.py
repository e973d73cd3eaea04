"""G53: Of two cases that are ready neither has priority."""

from gochan import Chan, recv, select


def main():
    a, b = Chan[int](1), Chan[int](1)
    chosen = [0, 0]
    for _ in range(1000):
        a.send(1)
        b.send(1)
        match select(recv(a), recv(b)):
            case 0, *_:
                chosen[0] += 1
                b.recv()
            case 1, *_:
                chosen[1] += 1
                a.recv()
    print(chosen[0] > 400, chosen[1] > 400)
