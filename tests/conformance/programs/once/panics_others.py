"""Q197: Those that wait for one that panics return as if it had not."""

from gochan import Chan, Panic, go, panic, sync, time


def main():
    once = sync.Once()
    done = Chan[str]()

    def prepare():
        time.sleep(1)
        panic("boom")

    def use(delay):
        try:
            time.sleep(delay)
            once.do(prepare)
            done.send("<nil>")
        except Panic as p:
            done.send(str(p))

    go(use, 0)
    go(use, 0.5)
    first, second = done.recv(), done.recv()
    print(first != second, len(first) + len(second))
