"""R205: Those that wait are woken in turn."""

from gochan import go, sync, time


def main():
    mu = sync.Mutex()
    cond = sync.Cond(mu)

    def waiter(i):
        time.sleep(i * time.MILLISECOND)
        with mu:
            cond.wait()
            print(i)

    for i in range(4):
        go(waiter, i)
    time.sleep(1)
    for _ in range(4):
        cond.signal()
        time.sleep(1)
