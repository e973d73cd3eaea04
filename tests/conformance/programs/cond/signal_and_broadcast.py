"""R204: Signal wakes one, Broadcast all."""

from gochan import sync, time


def main():
    mu, wg = sync.Mutex(), sync.WaitGroup()
    cond = sync.Cond(mu)
    woken = 0

    def worker():
        nonlocal woken
        with mu:
            cond.wait()
            woken += 1

    for _ in range(5):
        wg.go(worker)
    time.sleep(1)
    cond.signal()
    time.sleep(1)
    print(woken)
    cond.broadcast()
    wg.wait()
    print(woken)
