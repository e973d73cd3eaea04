"""J106: If main goes on, nobody hears of the others that are stuck."""

from gochan import Chan, go, time


def worker(c):
    c.send(1)
    print("never printed")


def main():
    c = Chan[int]()
    for _ in range(3):
        go(worker, c)
    time.sleep(1)
    print("main is done")
