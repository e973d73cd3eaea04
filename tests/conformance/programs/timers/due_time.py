"""L134: A timer sends the time at which it was due, not that of the receive."""

from gochan import time


def main():
    c = time.after(1)
    time.sleep(3)
    print(round(c.recv() / time.MILLISECOND))
