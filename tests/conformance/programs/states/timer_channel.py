"""K117: To wait for a timer is to receive from a channel."""

from gochan import go, time


def waiter(timer):
    timer.c.recv()


def main():
    timer = time.Timer(1)
    timer.stop()
    go(waiter, timer)
    waiter(timer)
