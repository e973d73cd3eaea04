"""E38: A sender that waits panics when the channel is closed."""

from gochan import Chan, go, time


def worker(c):
    c.send(1)


def main():
    c = Chan[int]()
    go(worker, c)
    time.sleep(1)
    c.close()
    time.sleep(1)
    print("never printed")
