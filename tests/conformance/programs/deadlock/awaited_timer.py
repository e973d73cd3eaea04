"""J109: A timer that somebody waits for puts it off."""

from gochan import Chan, go, time


def waiter(timer):
    timer.c.recv()
    print("it fired")


def main():
    go(waiter, time.Timer(time.HOUR))
    Chan[int]().recv()
