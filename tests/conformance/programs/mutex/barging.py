"""N171: Who runs may take the lock again before the one that waits."""

from gochan import go, sync, time


def waiter(mu):
    with mu:
        print("the waiter has it")


def main():
    mu = sync.Mutex()
    mu.lock()
    go(waiter, mu)
    time.sleep(100 * time.MICROSECOND)
    mu.unlock()
    mu.lock()
    print("main has it again")
    time.sleep(100 * time.MICROSECOND)
    mu.unlock()
    time.sleep(1)
