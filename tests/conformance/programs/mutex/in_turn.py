"""N170: Who waits for a mutex gets it in turn."""

from gochan import sync, time


def main():
    mu, wg = sync.Mutex(), sync.WaitGroup()
    mu.lock()

    def worker(i):
        time.sleep((i + 1) * time.MICROSECOND)
        with mu:
            print(i)

    for i in range(5):
        wg.go(worker, i)
    time.sleep(100 * time.MICROSECOND)
    mu.unlock()
    wg.wait()
