"""C21, G61: Those that have left the queue don't keep a value out of the buffer."""

from gochan import Chan, go, recv, select, time


def wait(c, other):
    select(recv(c), recv(other))


def main():
    c, other = Chan[int](1), Chan[int]()
    go(c.recv)
    time.sleep(1)
    go(wait, c, other)
    time.sleep(1)
    other.send(1)
    time.sleep(1)
    c.send(2)
    time.sleep(1)
    c.send(3)
    print(len(c), c.cap)
