"""B17, K116: A lone goroutine can't send to itself."""

from gochan import Chan


def main():
    c = Chan[int]()
    c.send(1)
    print(c.recv())
