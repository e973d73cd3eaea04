"""P188: To use it anew before a Wait has returned panics in who waits."""

from gochan import go, sync, time


def waiter(wg):
    wg.wait()
    print("never printed")


def main():
    wg = sync.WaitGroup()
    wg.add(1)
    go(waiter, wg)
    time.sleep(1)
    wg.done()
    wg.add(1)
    time.sleep(1)
