"""M156: Ten times a tenth of a second is a second."""

from gochan import time


def main():
    start = time.now()
    for _ in range(10):
        time.sleep(100 * time.MILLISECOND)
    print(round(time.since(start) / time.NANOSECOND))
