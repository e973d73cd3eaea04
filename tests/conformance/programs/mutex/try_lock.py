"""N169: TryLock never waits."""

from gochan import sync


def main():
    mu = sync.Mutex()
    print(mu.try_lock(), mu.try_lock())
    mu.unlock()
    print(mu.try_lock())
