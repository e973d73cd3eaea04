"""P186: All that wait are released together."""

from gochan import sync, time


def main():
    jobs, waiters = sync.WaitGroup(), sync.WaitGroup()
    released = 0

    def waiter():
        nonlocal released
        jobs.wait()
        released += 1

    jobs.add(1)
    for _ in range(4):
        waiters.go(waiter)
    time.sleep(1)
    print(released)
    jobs.done()
    waiters.wait()
    print(released)
