"""R203: Wait unlocks the mutex while it waits, and locks it before it returns."""

from gochan import go, sync, time


def main():
    mu = sync.Mutex()
    cond = sync.Cond(mu)
    ready = False

    def prepare():
        nonlocal ready
        time.sleep(1)
        with mu:
            ready = True
            cond.signal()
            time.sleep(1)

    go(prepare)
    with mu:
        while not ready:
            cond.wait()
        print("ready", mu.try_lock())
