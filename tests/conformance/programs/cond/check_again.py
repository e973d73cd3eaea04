"""R208: Who is woken looks again: another may have been faster."""

from gochan import go, sync, time


def main():
    mu = sync.Mutex()
    cond = sync.Cond(mu)
    queue, taken, looked = 0, 0, 0

    def worker():
        nonlocal queue, taken, looked
        with mu:
            while queue == 0:
                cond.wait()
                looked += 1
            queue -= 1
            taken += 1

    for _ in range(3):
        go(worker)
    time.sleep(1)
    with mu:
        queue = 2
        cond.broadcast()
    time.sleep(1)
    print(queue, taken, looked)
