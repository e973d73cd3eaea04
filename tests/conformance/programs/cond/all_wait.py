"""K127, J115: All wait for a signal that nobody gives."""

from gochan import go, sync, time


def waiter(mu, cond):
    mu.lock()
    cond.wait()


def main():
    mu = sync.Mutex()
    cond = sync.Cond(mu)
    go(waiter, mu, cond)
    time.sleep(1)
    waiter(mu, cond)
