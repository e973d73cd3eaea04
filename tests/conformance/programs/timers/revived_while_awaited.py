"""L138, J110: A stopped timer that somebody waits for is revived by Reset."""

from gochan import go, time


def waiter(timer):
    timer.c.recv()
    print("it fired")


def main():
    timer = time.Timer(2)
    go(waiter, timer)
    time.sleep(1)
    print(timer.stop())
    time.sleep(5)
    print(timer.reset(1))
    time.sleep(2)
