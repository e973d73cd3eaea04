"""L145, L146: A slow reader misses ticks, and the phase stays."""

from gochan import time


def main():
    ticker = time.Ticker(20 * time.MILLISECOND)
    for _ in range(5):
        time.sleep(50 * time.MILLISECOND)
        print("tick of", round(ticker.c.recv() / time.MILLISECOND))
