"""B16: Of many consumers, one receives each value."""

from gochan import Chan, go


def main():
    jobs, seen = Chan[int](), Chan[int]()

    def consumer():
        for n in jobs:
            seen.send(n)

    def producer():
        for n in range(100):
            jobs.send(n)
        jobs.close()

    for _ in range(4):
        go(consumer)
    go(producer)
    times = {}
    for _ in range(100):
        n = seen.recv()
        times[n] = times.get(n, 0) + 1
    print(len(times), max(times.values()))
