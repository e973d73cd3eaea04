"""B15: Blocked receivers are served first come, first served."""

from gochan import Chan, go, time


def main():
    c = Chan[int]()
    results = Chan[str]()

    def receiver(i):
        time.sleep(i * time.MILLISECOND)
        results.send(f"receiver {i} got {c.recv()}")

    for i in range(5):
        go(receiver, i)
    time.sleep(1)
    for n in range(5):
        c.send(n)
        print(results.recv())
