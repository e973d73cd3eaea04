"""N170, N172: Three that lock again at once take turns once they have waited."""

from gochan import sync, time


def main():
    mu, wg = sync.Mutex(), sync.WaitGroup()

    def worker(i):
        time.sleep(i * 100 * time.MICROSECOND)
        for _ in range(4):
            with mu:
                time.sleep(2 * time.MILLISECOND)
                print("worker", i)

    for i in range(3):
        wg.go(worker, i)
    wg.wait()
