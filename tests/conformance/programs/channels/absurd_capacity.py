"""A2: An absurd capacity panics too, with the same words."""

from gochan import Chan, Panic


def open_jobs(size):
    try:
        jobs = Chan[int](size)
        print(jobs.cap)
        print(None)
    except Panic as p:
        print(p)


def main():
    open_jobs(1 << 60)
    open_jobs(-5)
    open_jobs(2)
