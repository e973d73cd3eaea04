"""N166: Without the lock updates get lost."""

from gochan import sync, time


def main():
    wg = sync.WaitGroup()
    count = 0

    def worker():
        nonlocal count
        seen = count
        time.sleep(time.MILLISECOND)
        count = seen + 1

    for _ in range(100):
        wg.go(worker)
    wg.wait()
    print(count)
