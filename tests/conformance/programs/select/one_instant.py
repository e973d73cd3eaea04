"""G57: While there is always a channel that is ready, the default is never taken."""

from gochan import Chan, default, go, recv, select


def main():
    wrong = 0

    def look(a, b, done):
        nonlocal wrong
        match select(recv(a), recv(b), default):
            case 2, *_:
                wrong += 1
        done.send(True)

    for _ in range(200):
        a, b = Chan[int](1), Chan[int](1)
        done = Chan[bool]()
        a.send(1)
        go(look, a, b, done)
        b.send(1)
        select(recv(a), default)
        done.recv()
    print("wrong:", wrong)
