"""D26, J102: A worker that was given no channel never ends."""

from gochan import Chan, go, nil


def worker(jobs):
    print(jobs.recv())


def main():
    jobs = nil
    done = Chan[bool]()
    go(worker, jobs)
    done.recv()
