"""I97: A deferred Unlock frees the lock when its holder panics."""

from gochan import Panic, go, panic, sync, time


def worker(mu):
    try:
        with mu:
            time.sleep(1)
            panic("boom")
    except Panic as p:
        print("recovered:", p)


def main():
    mu = sync.Mutex()
    go(worker, mu)
    time.sleep(0.5)
    mu.lock()
    time.sleep(time.MILLISECOND)
    print("the lock is free")
