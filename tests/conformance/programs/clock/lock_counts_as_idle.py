"""M157: The clock also moves while somebody waits for a mutex."""

from gochan import go, sync, time


def holder(mu):
    mu.lock()
    time.sleep(time.HOUR)
    mu.unlock()


def main():
    mu = sync.Mutex()
    go(holder, mu)
    time.sleep(1)
    mu.lock()
    print("an hour later")
