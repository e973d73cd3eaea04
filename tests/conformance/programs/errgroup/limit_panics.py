"""V249: Nobody recovers it."""

from gochan import errgroup, time


def sleep():
    time.sleep(1)


def main():
    g = errgroup.Group()
    g.set_limit(3)
    g.go(sleep)
    g.go(sleep)
    g.set_limit(5)
