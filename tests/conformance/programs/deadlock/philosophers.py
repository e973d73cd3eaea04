"""J115, K123: Three philosophers take the left fork first."""

from gochan import go, sync, time


def philosopher(left, right, wg):
    left.lock()
    time.sleep(1)
    right.lock()
    right.unlock()
    left.unlock()
    wg.done()


def main():
    forks = [sync.Mutex() for _ in range(3)]
    wg = sync.WaitGroup()
    for i in range(3):
        wg.add(1)
        go(philosopher, forks[i], forks[(i + 1) % 3], wg)
    wg.wait()
