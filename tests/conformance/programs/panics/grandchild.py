"""I89, K132: The dump says who started the goroutine."""

from gochan import Chan, go, panic


def child():
    panic("in the child")


def parent(done):
    go(child)
    done.recv()


def main():
    done = Chan[int]()
    go(parent, done)
    done.recv()
