"""L145, L152: Two read one ticker: each tick goes to one of them."""

from gochan import Chan, go, time


def main():
    ticker = time.Ticker(1)
    ticks = Chan[bool]()

    def reader():
        for _ in ticker.c:
            ticks.send(True)

    for _ in range(2):
        go(reader)
    for n in range(5):
        ticks.recv()
        print(n)
