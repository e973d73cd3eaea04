"""L150: Timers fire in the order of their times."""

from gochan import time


def main():
    for n in (30, 10, 20, 50, 40):
        time.after_func(n * time.MILLISECOND, lambda n=n: print(n))
    time.sleep(1)
