"""K130, K132: Who has waited for minutes is told with the minutes."""

from gochan import Chan, go, time


def worker(c):
    c.recv()


def main():
    c = Chan[int]()
    go(worker, c)
    time.sleep(5 * time.MINUTE + 30)
    c.recv()
