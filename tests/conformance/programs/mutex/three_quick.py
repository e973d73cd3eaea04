"""N170, N171: Three that hold the lock for a moment only."""

from gochan import sync, time


def main():
    mu, wg = sync.Mutex(), sync.WaitGroup()

    def worker(i):
        time.sleep(i * 10 * time.MICROSECOND)
        for _ in range(4):
            with mu:
                time.sleep(100 * time.MICROSECOND)
                print("worker", i)

    for i in range(3):
        wg.go(worker, i)
    wg.wait()
