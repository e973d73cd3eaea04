"""M156: The clock is exact to the microsecond."""

from gochan import time


def main():
    for n in range(4):
        time.sleep((n * n + 1) * 333 * time.MICROSECOND)
        print(n)
