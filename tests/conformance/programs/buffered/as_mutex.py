"""C25: A buffer of one is a mutex."""

from gochan import Chan, sync, time


def main():
    lock = Chan(1)
    wg = sync.WaitGroup()
    count = 0

    def worker():
        nonlocal count
        lock.send(None)
        seen = count
        time.sleep(0.1)
        count = seen + 1
        lock.recv()

    for _ in range(10):
        wg.go(worker)
    wg.wait()
    print(count)
