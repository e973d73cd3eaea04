"""P187: A group is used again after its Wait."""

from gochan import sync, time


def main():
    wg = sync.WaitGroup()
    for round_ in range(3):
        done = [0]

        def worker(i, done):
            time.sleep(i * 100 * time.MILLISECOND)
            done[0] += 1

        for i in range(5):
            wg.go(worker, i, done)
        wg.wait()
        print(round_, done[0])
