"""R204, K127: A signal that nobody waits for is lost."""

from gochan import sync


def waiter(mu, cond):
    mu.lock()
    cond.wait()
    print("never printed")


def main():
    mu = sync.Mutex()
    cond = sync.Cond(mu)
    cond.signal()
    cond.broadcast()
    waiter(mu, cond)
