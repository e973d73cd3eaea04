"""N168, N167: Two unlock what was locked once."""

from gochan import go, sync, time


def worker(mu, delay):
    time.sleep(delay)
    mu.unlock()
    print("unlocked")


def main():
    mu = sync.Mutex()
    mu.lock()
    go(worker, mu, 1)
    go(worker, mu, 2)
    time.sleep(time.MINUTE)
