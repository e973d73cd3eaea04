"""L152: Of several that wait for a timer one gets its value."""

from gochan import go, time


def main():
    timer = time.Timer(1)
    got = 0

    def waiter():
        nonlocal got
        timer.c.recv()
        got += 1

    for _ in range(3):
        go(waiter)
    time.sleep(5)
    print(got)
