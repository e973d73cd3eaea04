"""L138: Reset tells whether the timer was active."""

from gochan import time


def main():
    timer = time.Timer(1)
    print(timer.reset(2))
    timer.c.recv()
    print(timer.reset(1))
    time.sleep(5)
    print(timer.reset(1))
    timer.stop()
    print(timer.reset(1))
    timer.c.recv()
    print("fired")
