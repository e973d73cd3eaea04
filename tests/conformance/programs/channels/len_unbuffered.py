"""A5: A sender that waits at an unbuffered channel does not count."""

from gochan import Chan, go, time


def main():
    c = Chan[int]()
    go(c.send, 1)
    time.sleep(time.MILLISECOND)
    print(len(c), c.cap)
    print(c.recv())
