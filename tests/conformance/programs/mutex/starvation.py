"""N172: Who has waited for more than a millisecond is handed the lock."""

from gochan import go, sync, time


def waiter(mu):
    with mu:
        print("the waiter has it")


def main():
    mu = sync.Mutex()
    mu.lock()
    go(waiter, mu)
    for i in range(5):
        time.sleep(2 * time.MILLISECOND)
        mu.unlock()
        mu.lock()
        print("main has it again", i)
