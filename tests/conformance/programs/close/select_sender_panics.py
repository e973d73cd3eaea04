"""E40: A select that waits to send panics when the channel is closed."""

from gochan import Chan, go, recv, select, send, time


def worker(c, other):
    select(send(c, 1), recv(other))


def main():
    c, other = Chan[int](), Chan[int]()
    go(worker, c, other)
    time.sleep(1)
    c.close()
    other.recv()
