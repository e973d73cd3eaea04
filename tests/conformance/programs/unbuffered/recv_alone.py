"""B17, K117: A lone goroutine can't receive from itself."""

from gochan import Chan


def main():
    c = Chan[int]()
    print(c.recv())
    c.send(1)
