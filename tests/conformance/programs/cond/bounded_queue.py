"""R203, R208: A queue with room for two, made of a Cond."""

from gochan import go, sync, time


def main():
    mu = sync.Mutex()
    cond = sync.Cond(mu)
    queue = []

    def producer():
        for n in range(5):
            with mu:
                while len(queue) == 2:
                    cond.wait()
                queue.append(n)
                print("put", n)
            cond.broadcast()
            time.sleep(0.1)

    go(producer)
    for _ in range(5):
        time.sleep(0.35)
        with mu:
            while not queue:
                cond.wait()
            n = queue.pop(0)
        time.sleep(time.MILLISECOND)
        print("took", n)
        cond.broadcast()
