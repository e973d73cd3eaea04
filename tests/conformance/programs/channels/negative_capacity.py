"""A2: A negative capacity panics."""

from gochan import Chan


def main():
    size = -1
    jobs = Chan[int](size)
    print(jobs.cap)
