"""S216: A hundred add to one counter."""

from gochan import atomic, sync, time


def main():
    count = atomic.Int(0)
    wg = sync.WaitGroup()

    def worker():
        time.sleep(time.MILLISECOND)
        count.add(1)

    for _ in range(100):
        wg.go(worker)
    wg.wait()
    print(count.load())
