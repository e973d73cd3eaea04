"""H74, H76: A goroutine lives on when the one that started it has ended."""

from gochan import Chan, go, time


def child(done):
    time.sleep(1)
    done.send("the child")


def parent(done):
    go(child, done)
    done.send("the parent")


def main():
    done = Chan[str]()
    go(parent, done)
    print(done.recv())
    print(done.recv())
