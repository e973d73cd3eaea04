"""E39: The values in the buffer stay; that of the waiting sender is lost."""

from gochan import Chan, Panic, go, time


def sender(c):
    try:
        c.send(2)
    except Panic as p:
        print(p)


def main():
    c = Chan[int](1)
    c.send(1)
    go(sender, c)
    time.sleep(1)
    c.close()
    time.sleep(1)
    for _ in range(2):
        n, ok = c.recv_ok()
        print(n, ok)
