"""L138, L140: A timer that is pushed back with every event fires when they cease."""

from gochan import time


def main():
    timer = time.after_func(0.5, lambda: print("quiet"))
    for pause in (100, 300, 400, 700, 200):
        time.sleep(pause * time.MILLISECOND)
        print("event", timer.reset(0.5))
    time.sleep(1)
