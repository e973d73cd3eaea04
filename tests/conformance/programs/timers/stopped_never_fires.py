"""L155: A stopped function never runs."""

from gochan import time


def main():
    fired = 0

    def fire():
        nonlocal fired
        fired += 1

    for i in range(10):
        timer = time.after_func(i + 1, fire)
        if i % 2 == 0:
            timer.stop()
    time.sleep(time.MINUTE)
    print(fired)
