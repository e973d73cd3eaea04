"""P187: A group is used again after its Wait."""

from gochan import sync, time


def main():
    wg = sync.WaitGroup()
    done = 0

    def worker(i):
        nonlocal done
        time.sleep(i * 100 * time.MILLISECOND)
        done += 1

    for n in range(3):
        for i in range(5):
            wg.go(worker, i)
        wg.wait()
        print("round", n, done)
