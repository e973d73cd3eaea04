"""C23: A value for a receiver that waits never lies in the buffer."""

from gochan import Chan, go, time


def main():
    c = Chan[int](3)
    done = Chan[int]()

    def receiver():
        done.send(c.recv())

    go(receiver)
    time.sleep(time.MILLISECOND)
    c.send(9)
    print(len(c))
    print(done.recv())
