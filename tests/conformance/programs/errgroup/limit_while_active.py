"""V249, V250: The limit can't be changed while goroutines are active, only lifted."""

from gochan import Panic, errgroup, time


def sleep():
    time.sleep(1)


def limit(g, n):
    try:
        g.set_limit(n)
        print(None)
    except Panic as p:
        print(p)


def main():
    g = errgroup.Group()
    g.set_limit(3)
    g.go(sleep)
    g.go(sleep)
    limit(g, 5)
    g.wait()
    limit(g, 5)
    limit(g, -1)
    g.go(sleep)
    limit(g, -1)
