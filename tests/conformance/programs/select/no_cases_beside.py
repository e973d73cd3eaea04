"""G59, H74: The others run on beside it."""

from gochan import go, select, time


def worker():
    for n in range(3):
        time.sleep(1)
        print(n)


def main():
    go(worker)
    select()
