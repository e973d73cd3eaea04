"""R206: Signal needs no lock."""

from gochan import go, sync, time


def main():
    mu = sync.Mutex()
    cond = sync.Cond(mu)

    def signaller():
        time.sleep(1)
        cond.signal()

    go(signaller)
    mu.lock()
    cond.wait()
    print("woken", mu.try_lock())
