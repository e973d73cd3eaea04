"""L150: Sleepers wake in the order of their times."""

from gochan import Chan, go, time


def main():
    c = Chan[int]()

    def sleeper(n):
        time.sleep(n)
        c.send(n)

    for n in (5, 3, 9, 1, 7):
        go(sleeper, n)
    for _ in range(5):
        print(c.recv())
