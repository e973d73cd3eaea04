"""J110: Who waits for a timer that is stopped waits for ever."""

from gochan import Chan, go, time


def waiter(timer):
    timer.c.recv()


def main():
    timer = time.Timer(time.HOUR)
    go(waiter, timer)
    time.sleep(1)
    print(timer.stop())
    Chan[int]().recv()
