"""H76, F45: Three workers share nine jobs of a second."""

from gochan import Chan, go, time


def worker(jobs, results):
    for n in jobs:
        time.sleep(1)
        results.send(n * n)


def main():
    jobs, results = Chan[int](), Chan[int](9)
    for _ in range(3):
        go(worker, jobs, results)
    for n in range(9):
        jobs.send(n)
    jobs.close()
    print(sum(results.recv() for _ in range(9)))
