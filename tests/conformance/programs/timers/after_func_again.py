"""L141: A function that was started is started again by Reset; both run."""

from gochan import time


def main():
    running = 0

    def slow():
        nonlocal running
        running += 1
        print("running", running)
        time.sleep(3)
        running -= 1

    timer = time.after_func(1, slow)
    time.sleep(1.5)
    print(timer.reset(1))
    time.sleep(5)
    print("running", running)
