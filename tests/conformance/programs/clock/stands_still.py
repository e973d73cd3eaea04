"""M156: While anybody runs the clock stands still."""

from gochan import time


def main():
    start = time.now()
    total = 0
    for n in range(100_000):
        total += n
    print(total, round(time.since(start) / time.NANOSECOND))
