"""V248: With a limit of 0 nothing can start: Go waits for ever."""

from gochan import errgroup, time


def sleep():
    time.sleep(1)


def main():
    g = errgroup.Group()
    g.set_limit(0)
    g.go(sleep)
