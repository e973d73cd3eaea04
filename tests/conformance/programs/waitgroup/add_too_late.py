"""P190: To add in the new goroutine comes too late for Wait."""

from gochan import go, sync, time


def worker(wg, done):
    time.sleep(time.MILLISECOND)
    wg.add(1)
    time.sleep(1)
    done.append(1)
    wg.done()


def main():
    wg = sync.WaitGroup()
    done = []
    for _ in range(5):
        go(worker, wg, done)
    wg.wait()
    print(len(done))
