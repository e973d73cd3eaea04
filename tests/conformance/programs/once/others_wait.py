"""Q196: The others wait until the first has returned."""

from gochan import sync, time


def main():
    once, wg = sync.Once(), sync.WaitGroup()
    ready = 0

    def prepare():
        nonlocal ready
        time.sleep(1)
        ready = 42

    def worker():
        once.do(prepare)
        if ready != 42:
            print("too early")

    for _ in range(3):
        wg.go(worker)
    wg.wait()
    print(ready)
