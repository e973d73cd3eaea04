"""S212, S216: The first to swap a flag wins."""

from gochan import atomic, sync


def main():
    taken = atomic.Bool(False)
    wg = sync.WaitGroup()
    winners = 0

    def worker():
        nonlocal winners
        if taken.compare_and_swap(False, True):
            winners += 1

    for _ in range(10):
        wg.go(worker)
    wg.wait()
    print(winners, taken.load())
