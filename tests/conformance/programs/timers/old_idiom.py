"""L139: The old way to drain a timer blocks for ever when its value was read."""

from gochan import time


def main():
    timer = time.Timer(1)
    timer.c.recv()
    if not timer.stop():
        print("draining")
        timer.c.recv()
