"""L145: A ticker ticks on time, whatever the reader does meanwhile."""

from gochan import time


def main():
    ticker = time.Ticker(1)
    for _ in range(4):
        now = ticker.c.recv()
        print("tick of", round(now / time.MILLISECOND))
        time.sleep(0.7)
