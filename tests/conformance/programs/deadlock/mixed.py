"""J102: The dump lists main first, then the others in the order of their start."""

from gochan import Chan, go, recv, select, sync


def receiver(c):
    c.recv()


def sender(c):
    c.send(1)


def selector(a, b):
    select(recv(a), recv(b))


def stuck():
    select()


def main():
    a, b, c, d = Chan[int](), Chan[int](), Chan[int](), Chan[int]()
    wg = sync.WaitGroup()
    wg.add(1)
    go(receiver, a)
    go(sender, b)
    go(selector, c, d)
    go(stuck)
    wg.wait()
