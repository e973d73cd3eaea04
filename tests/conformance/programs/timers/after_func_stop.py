"""L140: Stop is true if the function has not been started, and does not wait for it."""

from gochan import time


def slow():
    print("started")
    time.sleep(1)
    print("ended")


def main():
    early = time.after_func(1, slow)
    print(early.stop(), early.stop())
    late = time.after_func(1, slow)
    time.sleep(1.5)
    print(late.stop())
    time.sleep(1)
