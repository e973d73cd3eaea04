"""V248: At the limit Go waits."""

from gochan import errgroup, time


def main():
    g = errgroup.Group()
    g.set_limit(2)
    active, most = 0, 0

    def worker():
        nonlocal active, most
        active += 1
        most = max(most, active)
        time.sleep(1)
        active -= 1

    for _ in range(6):
        g.go(worker)
    print("all started")
    g.wait()
    print("at most", most)
