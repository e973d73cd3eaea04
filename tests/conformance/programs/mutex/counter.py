"""N166: A hundred add to a counter, one at a time."""

from gochan import sync, time


def main():
    mu, wg = sync.Mutex(), sync.WaitGroup()
    count = 0

    def worker():
        nonlocal count
        with mu:
            seen = count
            time.sleep(time.MILLISECOND)
            count = seen + 1

    for _ in range(100):
        wg.go(worker)
    wg.wait()
    print(count)
