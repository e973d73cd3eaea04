"""N169, N172: While a waiter starves nobody can take the lock in passing."""

from gochan import go, sync, time


def waiter(mu):
    with mu:
        print("the waiter has it")
        time.sleep(time.MILLISECOND)


def main():
    mu = sync.Mutex()
    mu.lock()
    go(waiter, mu)
    time.sleep(2 * time.MILLISECOND)
    mu.unlock()
    print(mu.try_lock())
    time.sleep(2 * time.MILLISECOND)
    mu.unlock()
    print(mu.try_lock())
    time.sleep(10 * time.MILLISECOND)
    print(mu.try_lock())
