"""P183: Wait returns when the counter is zero, also at once."""

from gochan import go, sync, time


def main():
    wg = sync.WaitGroup()
    wg.wait()
    print("zero")
    wg.add(0)
    wg.wait()
    wg.add(3)
    wg.add(-2)

    def worker():
        time.sleep(1)
        wg.done()

    go(worker)
    wg.wait()
    print("zero again")
